/**
 * The warning about an icon that neither library has.
 *
 * @example
 * describeUnknownIcon('rokcet'); // 'The icon "rokcet" is in neither Font Awesome Free nor Lucide. It is not shown.'
 */
export function describeUnknownIcon(name: string): string {
  return `The icon "${name.slice(0, 100)}" is in neither Font Awesome Free nor Lucide. It is not shown.`;
}
