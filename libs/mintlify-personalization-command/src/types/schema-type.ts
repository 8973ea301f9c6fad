import { listOf, objectOf, type Schema } from '../check-docs/json-shape.js';
import { docComment, propertyName, unionOf } from './type-text.js';

/** Deeper than this, a schema refers to itself, and anything is allowed. */
const MAX_DEPTH = 20;

/** The types of JSON Schema that need no more than a name. */
const SIMPLE_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** Writes the TypeScript types of one JSON Schema. */
export class SchemaTypes {
  /** @param root the whole schema, for its `$ref` */
  constructor(private readonly root: Schema) {}

  /**
   * The type of a schema. What TypeScript cannot say, such as a pattern, is left out; what is not known is `any`, so that
   * pages may read anything of it.
   *
   * @param indent the spaces before the line that the type stands on
   * @example
   * ```ts
   * new SchemaTypes({}).typeOf({ type: 'array', items: { type: 'string' } }, ''); // 'string[]'
   * ```
   */
  typeOf(given: unknown, indent: string, depth = 0): string {
    if (given === false) return 'never';
    if (depth > MAX_DEPTH) return 'any';
    const { $ref: reference, ...schema } = objectOf(given);
    if (typeof reference === 'string') {
      const target = this.#follow(reference);
      return target === undefined ? 'any' : this.typeOf({ ...target, ...schema }, indent, depth + 1);
    }
    const { anyOf, oneOf, allOf, ...own } = schema;
    const parts = [
      ...(hasType(own) ? [this.#ownType(own, indent, depth)] : []),
      ...listOf(allOf).map((part) => this.typeOf(part, indent, depth + 1)),
      ...[anyOf, oneOf]
        .filter((choices) => choices !== undefined)
        .map((choices) => unionOf(listOf(choices).map((choice) => this.typeOf(choice, indent, depth + 1)))),
    ].filter((part) => part !== 'any');
    if (parts.length < 2) return parts[0] ?? 'any';
    return parts.map((part) => (part.includes('|') ? `(${part})` : part)).join(' & ');
  }

  /**
   * The properties of an object schema, as they stand between the braces of an interface.
   *
   * @param isPartial whether each of them may be missing
   */
  membersOf(schema: Schema, indent: string, { isPartial = false, depth = 0 } = {}): string {
    const inside = `${indent}  `;
    const required = new Set(listOf(schema.required));
    const members = Object.entries(objectOf(schema.properties)).map(([name, property]) => {
      const mark = required.has(name) && !isPartial ? '' : '?';
      const type = this.typeOf(property, inside, depth + 1);
      return `${docComment(objectOf(property), inside)}${inside}${propertyName(name)}${mark}: ${type};\n`;
    });
    const isOpen = schema.patternProperties !== undefined || (schema.additionalProperties ?? false) !== false;
    return members.join('') + (isOpen ? `${inside}[name: string]: any;\n` : '');
  }

  #ownType(schema: Schema, indent: string, depth: number): string {
    const { type, enum: values, const: value } = schema;
    if (Array.isArray(values)) return unionOf(values.map(literalType));
    if (value !== undefined) return literalType(value);
    const names = type === undefined ? ['object'] : [type].flat();
    return unionOf(names.map((name) => this.#namedType(name, schema, indent, depth)));
  }

  #namedType(name: unknown, schema: Schema, indent: string, depth: number): string {
    if (name === 'array') {
      const item = this.typeOf(schema.items ?? true, indent, depth + 1);
      return /[|&]/.test(item) ? `(${item})[]` : `${item}[]`;
    }
    if (name !== 'object') return (typeof name === 'string' ? SIMPLE_TYPES[name] : undefined) ?? 'any';
    const { properties, additionalProperties } = schema;
    if (properties === undefined && additionalProperties !== false) {
      return `{ [name: string]: ${this.typeOf(additionalProperties ?? true, indent, depth + 1)} }`;
    }
    const members = this.membersOf(schema, indent, { depth });
    return members === '' ? '{}' : `{\n${members}${indent}}`;
  }

  /** Inside the same schema only: `#/$defs/Plan`. */
  #follow(reference: string): Schema | undefined {
    if (!reference.startsWith('#')) return undefined;
    let at: unknown = this.root;
    for (const part of reference.slice(1).split('/').filter(Boolean)) {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      at = Object.hasOwn(objectOf(at), name) ? objectOf(at)[name] : undefined;
    }
    return at === undefined ? undefined : objectOf(at);
  }
}

function hasType({ type, enum: values, const: value, properties, additionalProperties }: Schema): boolean {
  return [type, values, value, properties, additionalProperties].some((each) => each !== undefined);
}

function literalType(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'any';
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? JSON.stringify(value)
    : 'any';
}
