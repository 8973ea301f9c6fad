/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a schema says about a property. */
export interface PropertyShape {
  /**
   * `known`: some visitor may have it. `open`: the schema allows any property. `value`: it is read of a text, a list or a
   * number, which have methods. `unknown`: no visitor has it.
   */
  readonly kind: 'known' | 'open' | 'value' | 'unknown';
  /** Whether it may be missing, where that of which it is read is not. */
  readonly isOptional: boolean;
  /** The shapes that its value may have. */
  readonly schemas: readonly Schema[];
  /** The properties that there are instead. */
  readonly others: readonly string[];
}

const MAX_DEPTH = 40;

/**
 * Looks up a property in the shapes that a value may have.
 *
 * @param root the whole schema, for its `$ref`
 * @example
 * propertyShape('plan', [{ type: 'object', properties: { plan: { type: 'string' } } }], root).isOptional; // true
 */
export function propertyShape(name: string, given: readonly Schema[], root: Schema): PropertyShape {
  const shapes = given.flatMap((schema) => alternatives(schema, root, 0));
  const found: Schema[] = [];
  const others = new Set<string>();
  let isOptional = false;
  let isOpen = false;
  let isValue = false;
  for (const shape of shapes) {
    if (isNothing(shape)) {
      // `null`: what is read of it breaks, which the shape around it says.
    } else if (isObjectShape(shape)) {
      const properties = objectOf(shape.properties);
      for (const key of Object.keys(properties)) others.add(key);
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (own !== undefined) found.push(objectOf(own));
      else if (isOpenObject(shape)) isOpen = true;
      if (own === undefined || !listOf(shape.required).includes(name)) isOptional = true;
    } else if (typesOf(shape).length > 0) isValue = true;
    else isOpen = true;
  }
  const kind = found.length > 0 ? 'known' : isOpen ? 'open' : isValue ? 'value' : 'unknown';
  const isNullable = found.flatMap((schema) => alternatives(schema, root, 0)).some(isNullableShape);
  return { kind, isOptional: isOptional || isNullable, schemas: found, others: [...others] };
}

/** The shapes without `$ref`, `anyOf`, `oneOf` and `allOf`. */
function alternatives(schema: Schema, root: Schema, depth: number): Schema[] {
  if (depth > MAX_DEPTH) return [{}];
  const { $ref: reference, anyOf, oneOf, allOf, ...own } = schema;
  if (typeof reference === 'string') {
    const target = follow(reference, root);
    return target === undefined ? [{}] : alternatives({ ...target, ...own }, root, depth + 1);
  }
  const choices = [...listOf(anyOf), ...listOf(oneOf)].map(objectOf);
  if (choices.length > 0) {
    return choices.flatMap((choice) => alternatives(join(own, choice), root, depth + 1));
  }
  const parts = listOf(allOf).flatMap((part) => alternatives(objectOf(part), root, depth + 1));
  return parts.length > 0 ? [parts.reduce(join, own)] : [own];
}

/** Two shapes that both hold. */
function join(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    ...((one.properties !== undefined || other.properties !== undefined) && {
      properties: { ...objectOf(one.properties), ...objectOf(other.properties) },
    }),
    required: [...listOf(one.required), ...listOf(other.required)],
  };
}

/** Inside the same schema only: `#/$defs/Plan`. */
function follow(reference: string, root: Schema): Schema | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const part of reference.slice(1).split('/').filter(Boolean)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = objectOf(at)[name];
  }
  return at === undefined ? undefined : objectOf(at);
}

function isOpenObject({ additionalProperties, patternProperties, properties }: Schema): boolean {
  if (patternProperties !== undefined) return true;
  // JSON Schema allows anything beside `properties`. Who lists them means them, unless it is said.
  if (additionalProperties === undefined) return properties === undefined;
  return additionalProperties !== false;
}

function isObjectShape(shape: Schema): boolean {
  return typesOf(shape).includes('object') || shape.properties !== undefined;
}

function isNullableShape(shape: Schema): boolean {
  return isNothing(shape) || typesOf(shape).includes('null');
}

function isNothing(shape: Schema): boolean {
  const types = typesOf(shape);
  return types.length === 1 && types[0] === 'null';
}

function typesOf({ type, enum: values, const: value }: Schema): readonly unknown[] {
  if (type !== undefined) return [type].flat();
  if (Array.isArray(values)) return values.map(typeName);
  return value === undefined ? [] : [typeName(value)];
}

function typeName(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

/** The list itself, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The object itself, or an empty one. */
export function objectOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
