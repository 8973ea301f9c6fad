import { sample } from 'openapi-sampler';
import type { OperationBody, OperationSchema } from '../../shared/operation-types.js';
import { isRecord } from '../../shared/type-guards.js';
import type { SchemaFinder } from './schema-model.js';

const MAX_DEPTH = 7;
const MAX_NODES = 600;
/** What a sample is made from. A `pattern` is never run. */
const KEPT = [
  'type',
  'format',
  'enum',
  'const',
  'default',
  'example',
  'examples',
  'nullable',
  'minimum',
  'maximum',
  'multipleOf',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'minLength',
  'maxLength',
  'readOnly',
  'writeOnly',
  'xml',
  'required',
] as const;

/** Whether an example is sent to the API or comes from it: `readOnly` or `writeOnly` values are left out. */
export type SampleUse = 'request' | 'response';

/**
 * An example of a body: the one that the spec gives, or one that is made from the schema.
 *
 * @param find follows `$ref`.
 * @returns text: JSON, XML or what the example is.
 * @example
 * exampleOf({ mediaType: 'application/json', schema: { type: 'string' }, examples: [] }, find, 'response'); // '"string"'
 */
export function exampleOf(body: OperationBody, find: SchemaFinder, use: SampleUse): string {
  const [first] = body.examples;
  return textOf(first ? first.value : sampleSchema(body.schema, find, { use, mediaType: body.mediaType }));
}

/**
 * A value as the text of an example.
 *
 * @example
 * textOf({ id: 1 }); // '{\n  "id": 1\n}'
 */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

/**
 * An example made from a schema. Values that only some groups see are left out, as Mintlify does.
 *
 * @returns `undefined` if none can be made.
 * @example
 * sampleSchema({ type: 'object', properties: { id: { type: 'integer' } } }, find, { use: 'response' }); // { id: 0 }
 */
export function sampleSchema(
  schema: unknown,
  find: SchemaFinder,
  { use, mediaType = 'application/json' }: { use: SampleUse; mediaType?: string },
): unknown {
  let left = MAX_NODES;
  // `undefined` where a schema leads back to itself, or is too deep.
  const inline = (value: unknown, open: readonly string[]): OperationSchema | undefined => {
    left -= 1;
    if (!isRecord(value) || left < 0 || open.length > MAX_DEPTH) return undefined;
    const { $ref: ref } = value;
    if (typeof ref === 'string') {
      const target = open.includes(ref) ? undefined : find(ref);
      return target && { ...inline(target, [...open, ref]), ...pick(value) };
    }
    const result = pick(value);
    const inside = [...open, ''];
    if (isRecord(value.properties)) {
      const shown = Object.entries(value.properties).filter(([, each]) => !hasRules(each));
      result.properties = Object.fromEntries(
        shown.flatMap(([name, each]) => entryOf(name, inline(each, inside))),
      );
    }
    for (const key of ['allOf', 'prefixItems'] as const) {
      const list = value[key];
      if (Array.isArray(list)) result[key] = list.flatMap((each) => inline(each, open) ?? []);
    }
    for (const key of ['oneOf', 'anyOf'] as const) {
      const variant = inline(firstVariant(value[key]), open);
      if (!variant) continue;
      // The library takes `null` in a list of variants for an object.
      if (!isRecord(value.properties) && !Array.isArray(value.allOf)) return { ...variant, ...pick(value) };
      result[key] = [variant];
    }
    for (const key of ['items', 'additionalProperties'] as const) {
      const each = isRecord(value[key]) ? inline(value[key], inside) : undefined;
      if (each) result[key] = each;
      // A list of what was left out is empty.
      else if (key === 'items' && isRecord(value[key])) result.example ??= [];
    }
    return result;
  };
  try {
    const isXml = /[/+]xml\b/.test(mediaType);
    return sample(inline(schema, []) ?? {}, {
      skipReadOnly: use === 'request',
      skipWriteOnly: use === 'response',
      maxSampleDepth: MAX_DEPTH * 2,
      quiet: true,
      ...(isXml && { format: 'xml' }),
    });
  } catch {
    return undefined;
  }
}

function pick(schema: OperationSchema): Record<string, unknown> {
  const known = Object.fromEntries(
    KEPT.flatMap((key) => (Object.hasOwn(schema, key) ? [[key, schema[key]]] : [])),
  ) as Record<string, unknown>;
  // The library knows no text that has to be empty.
  if (known.maxLength === 0) known.example ??= '';
  const rules = schema['x-mint-enum'];
  if (Array.isArray(schema.enum) && isRecord(rules)) {
    const open = schema.enum.filter((value) => !Object.hasOwn(rules, String(value)));
    if (open.length > 0) known.enum = open;
  }
  return known;
}

function entryOf(name: string, schema: OperationSchema | undefined): [string, OperationSchema][] {
  return schema ? [[name, schema]] : [];
}

/** Of variants, the first one is the example, unless it is `null`. */
function firstVariant(list: unknown): unknown {
  if (!Array.isArray(list)) return undefined;
  const shown = list.filter((each) => !hasRules(each));
  return shown.find((each) => !isRecord(each) || each.type !== 'null') ?? shown[0];
}

function hasRules(schema: unknown): boolean {
  const xMint = isRecord(schema) ? schema['x-mint'] : undefined;
  return isRecord(xMint) && xMint.groups !== undefined;
}
