import type { SpecOperation } from '../api/spec-operations.js';
import { isRecord } from '../shared/type-guards.js';

const MAX_PARAMETERS = 100;

/**
 * The names and descriptions of the parameters of an operation, for the search. Parameters that only some groups see are
 * left out, for everyone.
 *
 * @example
 * parameterTexts(found.source); // ['limit How many plants.']
 */
export function parameterTexts({ spec, item, operation }: SpecOperation): string[] {
  const texts = new Map<string, string>();
  for (const list of [item.parameters, operation.parameters]) {
    if (!Array.isArray(list)) continue;
    for (const each of list.slice(0, MAX_PARAMETERS)) {
      const parameter = spec.resolve(each);
      if (!parameter || typeof parameter.name !== 'string') continue;
      const { name, in: place, description, schema } = parameter;
      const key = `${String(place)} ${name}`;
      // That of the operation replaces that of its path.
      texts.delete(key);
      if (hasRule(parameter) || hasRule(spec.resolve(schema))) continue;
      texts.set(key, typeof description === 'string' ? `${name} ${description}` : name);
    }
  }
  return [...texts.values()];
}

function hasRule(part: unknown): boolean {
  return isRecord(part) && (part['x-mint'] !== undefined || part['x-hidden'] === true);
}
