/**
 * Tells whether a value is an object, and neither `null` nor an array.
 *
 * @example
 * isRecord({ plan: 'enterprise' }); // true
 * isRecord(['enterprise']); // false
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Tells whether a value is an array of strings. An empty array is one.
 *
 * @example
 * isStringList(['admin']); // true
 * isStringList('admin'); // false
 */
export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
