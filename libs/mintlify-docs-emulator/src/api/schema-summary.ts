import type { OperationSchema, SchemaSummary } from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';

/** Finds the schema behind a `$ref`. */
type Resolve = (value: unknown) => Readonly<Record<string, unknown>> | undefined;

const MAX_DEPTH = 5;

/**
 * What a schema says in one line.
 *
 * @param resolve follows `$ref`.
 * @example
 * summarizeSchema({ type: 'array', items: { type: 'string' } }, () => undefined); // { type: 'string[]' }
 */
export function summarizeSchema(schema: OperationSchema, resolve: Resolve): SchemaSummary {
  const found = resolve(schema) ?? schema;
  const { format, enum: values, default: byDefault } = found;
  const single = found.const === undefined ? undefined : [found.const];
  return {
    type: typeOf(found, resolve, 0),
    ...(typeof format === 'string' && { format }),
    ...(Array.isArray(values) ? { enum: values } : single && { enum: single }),
    ...(byDefault !== undefined && { default: byDefault }),
  };
}

function typeOf(schema: Readonly<Record<string, unknown>>, resolve: Resolve, depth: number): string {
  if (depth > MAX_DEPTH) return 'any';
  const { type, items, nullable } = schema;
  const names = [type].flat().filter((name) => typeof name === 'string');
  const inside = items === undefined ? undefined : (resolve(items) ?? (isRecord(items) ? items : undefined));
  const written = names.map((name) =>
    name === 'array' && inside ? `${typeOf(inside, resolve, depth + 1)}[]` : name,
  );
  if (written.length > 0) return (nullable === true ? [...written, 'null'] : written).join(' | ');
  for (const key of ['oneOf', 'anyOf', 'allOf'] as const) {
    const variants = schema[key];
    if (!Array.isArray(variants)) continue;
    const types = variants.map((variant: unknown) => {
      const one = resolve(variant);
      return one ? typeOf(one, resolve, depth + 1) : 'any';
    });
    const known = [...new Set(types)].filter((name) => name !== 'any');
    if (known.length > 0) return known.join(key === 'allOf' ? ' & ' : ' | ');
  }
  if (isRecord(schema.properties)) return 'object';
  return items === undefined ? 'any' : 'any[]';
}
