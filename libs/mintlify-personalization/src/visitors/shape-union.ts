import type { DescribedShapes } from './visitors-description.js';

const PLAIN_KEYS = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'description',
  'title',
  '$schema',
]);

type Schema = Readonly<Record<string, unknown>>;

/**
 * What several claim mappers may give: all groups, and shapes in which only what all of them require is required.
 *
 * @internal
 */
export function uniteShapes(all: readonly DescribedShapes[]): DescribedShapes {
  const isAny = all.some(({ groups }) => groups === 'any');
  return {
    groups: isAny ? 'any' : [...new Set(all.flatMap(({ groups }) => groups))].toSorted(),
    content: uniteSchemas(all.map(({ content }) => content)),
    apiPlaygroundInputs: uniteSchemas(all.map(({ apiPlaygroundInputs }) => apiPlaygroundInputs)),
  };
}

/**
 * A schema that allows what any of them allows. Objects are merged property by property, so that a reader sees all keys.
 *
 * @internal
 */
export function uniteSchemas(given: readonly Schema[]): Schema {
  const schemas = [...new Map(given.map((schema) => [JSON.stringify(sortKeys(schema)), schema])).values()];
  const [first = {}] = schemas;
  if (schemas.length === 1) return first;
  if (schemas.some((schema) => Object.keys(schema).length === 0)) return {};
  return schemas.every(isPlainObject) ? uniteObjects(schemas) : { anyOf: schemas };
}

/** An object schema without anything but properties: its union can be written without `anyOf`. */
function isPlainObject(schema: Schema): boolean {
  return schema.type === 'object' && Object.keys(schema).every((key) => PLAIN_KEYS.has(key));
}

function uniteObjects(schemas: readonly Schema[]): Schema {
  const names = [...new Set(schemas.flatMap((schema) => Object.keys(propertiesOf(schema))))].toSorted();
  const properties = names.map((name): [string, Schema] => {
    const having = schemas
      .map((schema) => propertiesOf(schema)[name])
      .filter((schema) => schema !== undefined);
    return [name, uniteSchemas(having)];
  });
  const required = names.filter((name) => schemas.every((schema) => requiredOf(schema).includes(name)));
  const isClosed = schemas.every(({ additionalProperties }) => additionalProperties === false);
  const open = schemas.map(({ additionalProperties = {} }) => additionalProperties);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    ...(isClosed
      ? { additionalProperties: false }
      : open.some((each) => each !== false) && { additionalProperties: true }),
  };
}

function propertiesOf({ properties }: Schema): Readonly<Record<string, Schema>> {
  return (properties ?? {}) as Record<string, Schema>;
}

function requiredOf({ required }: Schema): readonly unknown[] {
  return Array.isArray(required) ? required : [];
}

/**
 * A copy with the keys of every object in alphabetical order, except those of a description itself.
 *
 * @internal
 */
export function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)])) as T;
}
