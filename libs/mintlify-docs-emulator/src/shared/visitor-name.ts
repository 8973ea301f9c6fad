/**
 * The name to show for a visitor, from what a site is likely to send in `content`: `firstName` and
 * `lastName`, or `name`, or `email`; "Logged in" when there is none of them.
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
