import { createRequire } from 'node:module';
import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

type Schema = Record<string, unknown>;
type Rule = (...constraints: readonly unknown[]) => Schema;

/** What the decorators of class-validator mean in JSON Schema, by their names. Others allow anything. */
const RULES: Readonly<Record<string, Rule>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isNumber: () => ({ type: 'number' }),
  isInt: () => ({ type: 'integer' }),
  isPositive: () => ({ type: 'number', exclusiveMinimum: 0 }),
  isNegative: () => ({ type: 'number', exclusiveMaximum: 0 }),
  min: (minimum) => ({ minimum }),
  max: (maximum) => ({ maximum }),
  isObject: () => ({ type: 'object' }),
  isNotEmptyObject: () => ({ type: 'object', minProperties: 1 }),
  isNotEmpty: () => ({ minLength: 1 }),
  minLength: (minLength) => ({ type: 'string', minLength }),
  maxLength: (maxLength) => ({ type: 'string', maxLength }),
  isLength: (minLength, maxLength) => ({
    type: 'string',
    minLength,
    ...(maxLength !== undefined && { maxLength }),
  }),
  matches: (pattern) => ({ type: 'string', ...(pattern instanceof RegExp && { pattern: pattern.source }) }),
  equals: (value) => ({ const: value }),
  isIn: (values) => ({ enum: Array.isArray(values) ? values : [] }),
  isEnum: (_, values) => ({ enum: Array.isArray(values) ? values : [] }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  // Without a protocol too, unless it is required.
  isUrl: () => ({ type: 'string' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isDateString: () => ({ type: 'string', format: 'date-time' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
};

/** What the decorators of arrays mean. */
const ARRAY_RULES: Readonly<Record<string, Rule>> = {
  isArray: () => ({}),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayMinSize: (minItems) => ({ minItems }),
  arrayMaxSize: (maxItems) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
};

/** The types that TypeScript writes into `design:type`. */
const DESIGN_TYPES = new Map<unknown, Schema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
]);

/**
 * The JSON Schema of a class with decorators of class-validator. A property is required unless it has `@IsOptional()` or
 * another condition. Properties without a decorator are not allowed.
 *
 * @internal
 * @example
 * ```ts
 * classToJsonSchema(AcmeContent); // { type: 'object', properties: { plan: { type: 'string' } }, required: ['plan'], … }
 * ```
 */
export function classToJsonSchema(target: Type<object>, around: readonly unknown[] = []): Schema {
  // A class inside itself: pages read so deep only with `?.` anyway.
  if (around.includes(target)) return { type: 'object' };
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(target, '', true, false);
  const byProperty = storage.groupByPropertyName(all);
  const names = Object.keys(byProperty).toSorted();
  const properties = names.map((name): [string, Schema] => [
    name,
    propertySchema(target, name, byProperty[name] ?? [], [...around, target]),
  ]);
  const required = names.filter((name) => !(byProperty[name] ?? []).some(isCondition));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function propertySchema(
  target: Type<object>,
  name: string,
  metadata: readonly ValidationMetadata[],
  around: readonly unknown[],
): Schema {
  const design: unknown = Reflect.getMetadata('design:type', target.prototype, name);
  const isList =
    design === Array ||
    metadata.some(({ each, name: rule = '' }) => each || Object.hasOwn(ARRAY_RULES, rule));
  const item: Schema = {};
  const list: Schema = {};
  for (const { type, name: rule = '', constraints } of metadata) {
    const parameters = (constraints ?? []) as readonly unknown[];
    if (type === ValidationTypes.NESTED_VALIDATION) {
      const nested = nestedType(target, name) ?? (isList ? undefined : design);
      Object.assign(item, isClass(nested) ? classToJsonSchema(nested, around) : { type: 'object' });
    } else if (Object.hasOwn(ARRAY_RULES, rule)) Object.assign(list, ARRAY_RULES[rule]?.(...parameters));
    else if (Object.hasOwn(RULES, rule)) Object.assign(item, mergeType(item, RULES[rule]?.(...parameters)));
  }
  if (isList) return { type: 'array', items: item, ...list };
  if (item.type === undefined && item.enum === undefined && item.const === undefined) {
    Object.assign(item, DESIGN_TYPES.get(design));
  }
  // `@IsNotEmpty()` says nothing about the type.
  if (item.type !== 'string') delete item.minLength;
  return item;
}

/** `@IsInt() @IsPositive()` is an integer. */
function mergeType({ type }: Schema, added: Schema = {}): Schema {
  return type === 'integer' && added.type === 'number' ? { ...added, type } : added;
}

function isCondition({ type }: ValidationMetadata): boolean {
  return type === ValidationTypes.CONDITIONAL_VALIDATION;
}

function isClass(value: unknown): value is Type<object> {
  return typeof value === 'function' && value !== Object && value !== Array;
}

interface TypeMetadata {
  readonly typeFunction?: () => unknown;
}

/** Of `@Type(() => Plan)`. class-transformer has no public way to ask for it. */
function nestedType(target: Type<object>, name: string): unknown {
  const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
    defaultMetadataStorage: { findTypeMetadata(target: unknown, name: string): TypeMetadata | undefined };
  };
  return defaultMetadataStorage.findTypeMetadata(target, name)?.typeFunction?.();
}
