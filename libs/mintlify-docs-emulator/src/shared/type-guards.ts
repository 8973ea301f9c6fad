/**
 * Tells whether a value is an object with named values, so neither `null` nor a list.
 *
 * @example
 * isRecord({ plan: 'enterprise' }); // true
 * isRecord(['enterprise']); // false
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Tells whether a value is a list of strings; an empty list is one.
 *
 * @example
 * isStringList(['admin']); // true
 * isStringList('admin'); // false
 */
export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
