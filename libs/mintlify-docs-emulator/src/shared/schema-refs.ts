import { isRecord } from './type-guards.js';

const MAX_DEPTH = 200;
/** What stands in these is no schema, so a `$ref` in it is a value. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const', 'x-mint', 'x-mint-enum']);

/**
 * The texts of all `$ref` in a value, each once.
 *
 * @example
 * refsIn({ items: { $ref: '#/components/schemas/Plant' } }); // ['#/components/schemas/Plant']
 */
export function refsIn(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (each: unknown, depth: number, isNames: boolean): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(each)) {
      for (const entry of each) visit(entry, depth + 1, false);
    } else if (isRecord(each)) {
      if (!isNames && typeof each.$ref === 'string') found.add(each.$ref);
      for (const [key, entry] of Object.entries(each)) {
        // A property may have any name.
        if (isNames || !VALUES.has(key)) visit(entry, depth + 1, !isNames && key === 'properties');
      }
    }
  };
  visit(value, 0, false);
  return [...found];
}
