import type { OperationSchema } from '../../shared/operation-types.js';
import { isRecord } from '../../shared/type-guards.js';

/** Finds the schema behind a `$ref`. `undefined` if it was not sent yet, or does not exist. */
export type SchemaFinder = (ref: string) => OperationSchema | undefined;

/** A schema as it is shown: its `$ref` followed, and its `allOf` put together. */
export interface SchemaModel {
  /** The name of the schema, from its `title` or its `$ref`. */
  name?: string;
  /** All that it says, without `$ref` and `allOf`. */
  schema: OperationSchema;
  /** The schema has to be loaded first. */
  missing?: string;
  properties: [string, OperationSchema][];
  required: ReadonlySet<string>;
  /** From `oneOf` and `anyOf`. */
  variants: OperationSchema[];
}

const MAX_STEPS = 40;

/**
 * Prepares a schema to be shown. Schemas that lead back to themselves end after a while.
 *
 * @param find follows `$ref`.
 * @example
 * modelOf({ $ref: '#/components/schemas/Plant' }, find).properties.map(([name]) => name); // ['id', 'name']
 */
export function modelOf(schema: unknown, find: SchemaFinder): SchemaModel {
  const merged: Record<string, unknown> = {};
  const properties = new Map<string, OperationSchema>();
  const required = new Set<string>();
  const variants: OperationSchema[] = [];
  let name: string | undefined;
  let missing: string | undefined;
  let steps = 0;
  const visit = (value: unknown, isOuter: boolean): void => {
    steps += 1;
    if (!isRecord(value) || steps > MAX_STEPS) return;
    const { $ref: ref, allOf, oneOf, anyOf, properties: own, required: names, ...rest } = value;
    for (const [key, each] of Object.entries(rest)) {
      // What stands outside wins.
      if (!Object.hasOwn(merged, key)) merged[key] = each;
    }
    for (const each of Array.isArray(names) ? names : []) if (typeof each === 'string') required.add(each);
    for (const [key, each] of isRecord(own) ? Object.entries(own) : []) {
      if (!properties.has(key)) properties.set(key, isRecord(each) ? each : {});
    }
    for (const list of [oneOf, anyOf]) if (Array.isArray(list)) variants.push(...list.filter(isRecord));
    if (isOuter && typeof value.title === 'string') name ??= value.title;
    if (typeof ref === 'string') {
      if (isOuter) name ??= nameOfRef(ref);
      const target = find(ref);
      if (target) visit(target, isOuter);
      else missing ??= ref;
    }
    if (Array.isArray(allOf)) {
      const isAlone = allOf.length === 1;
      for (const each of allOf) visit(each, isOuter && isAlone);
    }
  };
  visit(schema, true);
  const single = variants.length > 0 ? withoutNull(variants) : [];
  return {
    ...(name !== undefined && { name }),
    schema: merged,
    ...(missing !== undefined && { missing }),
    properties: [...properties],
    required,
    variants: single,
  };
}

/**
 * The last part of a `$ref`.
 *
 * @example
 * nameOfRef('#/components/schemas/Plant'); // 'Plant'
 */
export function nameOfRef(ref: string): string {
  const name = ref.split('/').at(-1) ?? ref;
  try {
    return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return name;
  }
}

/** `null` is a word in the type, and no variant to choose. */
function withoutNull(variants: OperationSchema[]): OperationSchema[] {
  const others = variants.filter(({ type }) => type !== 'null');
  return others.length === 0 ? variants : others;
}

/**
 * The type of a schema as a label.
 *
 * @example
 * typeLabel({ type: 'array', items: { type: 'string' } }, find); // 'string[]'
 */
export function typeLabel(schema: unknown, find: SchemaFinder, depth = 0): string {
  if (depth > 4) return 'any';
  const { schema: own, properties, variants, name, missing } = modelOf(schema, find);
  const { type, format, nullable, items } = own;
  const types = [type].flat().filter((each) => typeof each === 'string');
  const inside = isRecord(items) ? typeLabel(items, find, depth + 1) : 'any';
  const nullLabel = nullable === true || hasNull(schema, find) ? ' | null' : '';
  const labels = types.map((each) => (each === 'array' ? `${wrap(inside)}[]` : each));
  if (typeof format === 'string' && labels[0] !== undefined && depth === 0) labels[0] += `<${format}>`;
  if (labels.length > 0) return labels.join(' | ') + (labels.includes('null') ? '' : nullLabel);
  if (variants.length > 1 && depth > 0 && name !== undefined) return name;
  if (variants.length > 0) {
    const all = [...new Set(variants.map((variant) => typeLabel(variant, find, depth + 1)))];
    return all.slice(0, 4).join(' | ') + (all.length > 4 ? ' | …' : '') + nullLabel;
  }
  if (properties.length > 0 || own.additionalProperties !== undefined) return `object${nullLabel}`;
  if (isRecord(items)) return `${wrap(inside)}[]${nullLabel}`;
  const { enum: values, const: single } = own;
  const [first] = Array.isArray(values) ? values : [single];
  if (first !== undefined) return `${first === null ? 'null' : typeof first}${nullLabel}`;
  return missing === undefined ? `any${nullLabel}` : nameOfRef(missing);
}

function wrap(label: string): string {
  return label.includes(' | ') ? `(${label})` : label;
}

function hasNull(schema: unknown, find: SchemaFinder): boolean {
  const target = isRecord(schema) && typeof schema.$ref === 'string' ? find(schema.$ref) : schema;
  if (!isRecord(target)) return false;
  return [target.oneOf, target.anyOf].some(
    (list) =>
      Array.isArray(list) && list.length > 1 && list.some((each) => isRecord(each) && each.type === 'null'),
  );
}
