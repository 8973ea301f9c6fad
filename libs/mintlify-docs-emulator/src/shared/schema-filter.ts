import { passesRule, readGroupRule } from './group-rules.js';
import type { OperationSchema } from './operation-types.js';
import { isRecord } from './type-guards.js';

/** Finds the schema that a `$ref` leads to. */
export type SchemaResolver = (ref: string) => unknown;

/** Deeper parts of a schema or an example are left out, so that no spec can exhaust the stack. */
const MAX_DEPTH = 60;
const MAX_REFERENCES = 30;
const VARIANTS = ['oneOf', 'anyOf', 'allOf', 'prefixItems'] as const;
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'] as const;
const SINGLE = [
  'items',
  'additionalProperties',
  'not',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
] as const;
const VALUES = ['example', 'default', 'const'] as const;

/**
 * Takes out of schemas and their examples what a visitor may not see: properties, variants and items by
 * `x-mint.groups`, and values by `x-mint-enum` (handshakes.md, section 8). The rules of a `$ref` and of the schema
 * behind it both count.
 *
 * @example
 * const filter = new SchemaFilter((ref) => schemas[ref], ['admin']);
 * filter.schema({ properties: { id: {}, secret: { 'x-mint': { groups: ['staff'] } } } }); // { properties: { id: {} } }
 */
export class SchemaFilter {
  /**
   * @param resolve finds schemas by their `$ref`.
   * @param groups the visitor's groups; `undefined` for an anonymous visitor.
   */
  constructor(
    private readonly resolve: SchemaResolver,
    private readonly groups: readonly string[] | undefined,
  ) {}

  /** Tells whether the visitor may see a schema. */
  isVisible(schema: unknown): boolean {
    return this.chain(schema).every((each) => {
      const xMint = each['x-mint'];
      return !isRecord(xMint) || passesRule(readGroupRule(xMint.groups), this.groups);
    });
  }

  /** The schema with what the visitor may see. Its `$ref` is not followed. */
  schema(schema: OperationSchema): OperationSchema {
    return this.filter(schema, 0);
  }

  /** An example of a schema, without the values that the visitor may not see. */
  example(value: unknown, schema: unknown): unknown {
    return this.filterExample(value, schema, 0);
  }

  /** The values of `enum` that the visitor may see. */
  values(values: readonly unknown[], schema: unknown): unknown[] {
    return values.filter((value) => !this.isHiddenValue(value, schema));
  }

  private filter(schema: OperationSchema, depth: number): OperationSchema {
    if (depth > MAX_DEPTH) return {};
    const inside = (value: unknown): unknown => (isRecord(value) ? this.filter(value, depth + 1) : value);
    const result: Record<string, unknown> = { ...schema };
    for (const key of NAMED) {
      const schemas = schema[key];
      if (!isRecord(schemas)) continue;
      const seen = Object.entries(schemas).filter(([, each]) => this.isVisible(each));
      result[key] = Object.fromEntries(seen.map(([name, each]) => [name, inside(each)]));
    }
    for (const key of VARIANTS) {
      const variants = schema[key];
      if (!Array.isArray(variants)) continue;
      result[key] = variants.filter((variant) => this.isVisible(variant)).map(inside);
    }
    for (const key of SINGLE) {
      if (isRecord(schema[key])) result[key] = this.isVisible(schema[key]) ? inside(schema[key]) : {};
    }
    const { properties, required, examples, discriminator } = schema;
    if (Array.isArray(required) && isRecord(properties)) {
      result.required = required.filter((name) => this.isVisible(ownOf(properties, name)));
    }
    if (isRecord(discriminator)) result.discriminator = this.discriminator(discriminator);
    if (Array.isArray(schema.enum)) result.enum = this.values(schema.enum, schema);
    // Its keys would tell the values.
    const rules = schema['x-mint-enum'];
    if (isRecord(rules)) {
      const seen = Object.entries(rules).filter(([, groups]) =>
        passesRule(readGroupRule(groups), this.groups),
      );
      if (seen.length > 0) result['x-mint-enum'] = Object.fromEntries(seen);
      else delete result['x-mint-enum'];
    }
    for (const key of VALUES) {
      if (schema[key] === undefined) continue;
      if (this.isHiddenValue(schema[key], schema)) delete result[key];
      else result[key] = this.filterExample(schema[key], schema, depth);
    }
    if (Array.isArray(examples)) {
      result.examples = this.values(examples, schema).map((each) => this.filterExample(each, schema, depth));
    }
    return result;
  }

  /** Its mapping names schemas, by their `$ref` or by their name alone. */
  private discriminator(discriminator: Record<string, unknown>): Record<string, unknown> {
    if (!isRecord(discriminator.mapping)) return discriminator;
    const seen = Object.entries(discriminator.mapping).filter(([, target]) => {
      const name = String(target);
      return this.isVisible({ $ref: name.includes('/') ? name : `#/components/schemas/${name}` });
    });
    return { ...discriminator, mapping: Object.fromEntries(seen) };
  }

  private filterExample(value: unknown, schema: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) return undefined;
    const parts = this.parts(schema);
    if (Array.isArray(value)) {
      const items = parts.map((part) => part.items).find(isRecord);
      return value
        .filter((each) => !this.isHiddenValue(each, items))
        .map((each: unknown) => this.filterExample(each, items, depth + 1));
    }
    if (!isRecord(value)) return value;
    const seen = Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
      const schemas = parts.flatMap(({ properties }) =>
        isRecord(properties) ? [ownOf(properties, name)] : [],
      );
      const known = schemas.filter(isRecord);
      if (!known.every((one) => this.isVisible(one) && !this.isHiddenValue(each, one))) return [];
      return [[name, this.filterExample(each, known[0], depth + 1)]];
    });
    return Object.fromEntries(seen);
  }

  /** A schema, what its `$ref` leads to, and its variants, a few levels deep. */
  private parts(schema: unknown): Record<string, unknown>[] {
    const found = new Set<Record<string, unknown>>();
    const visit = (value: unknown, depth: number): void => {
      for (const each of this.chain(value)) {
        if (found.has(each) || found.size > MAX_REFERENCES * 4) continue;
        found.add(each);
        if (depth > 4) continue;
        for (const key of ['allOf', 'oneOf', 'anyOf'] as const) {
          const variants: unknown = each[key];
          if (Array.isArray(variants)) for (const variant of variants) visit(variant, depth + 1);
        }
      }
    };
    visit(schema, 0);
    return [...found];
  }

  /** A schema, and those that its `$ref` leads to, one after another. */
  private chain(schema: unknown): Record<string, unknown>[] {
    const found: Record<string, unknown>[] = [];
    for (let at = schema; isRecord(at) && !found.includes(at) && found.length < MAX_REFERENCES;) {
      found.push(at);
      at = typeof at.$ref === 'string' ? this.resolve(at.$ref) : undefined;
    }
    return found;
  }

  private isHiddenValue(value: unknown, schema: unknown): boolean {
    return this.chain(schema).some((each) => {
      const rules = each['x-mint-enum'];
      if (!isRecord(rules)) return false;
      const name = typeof value === 'string' ? value : JSON.stringify(value);
      if (name === undefined) return false;
      return Object.hasOwn(rules, name) && !passesRule(readGroupRule(rules[name]), this.groups);
    });
  }
}

function ownOf(properties: Record<string, unknown>, name: unknown): unknown {
  return typeof name === 'string' && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
