/**
 * The name to show for a visitor: `firstName` and `lastName` of `content`, or else `name`, or else `email`.
 * "Logged in" if all are missing.
 *
 * @example
 * visitorName({ firstName: 'Ada', lastName: 'Lovelace' }); // 'Ada Lovelace'
 */
export function visitorName(content: Record<string, unknown> = {}): string {
  const { firstName, lastName, name, email } = content;
  const full = [firstName, lastName].filter(isText).join(' ');
  return [full, name, email].find(isText) ?? 'Logged in';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
