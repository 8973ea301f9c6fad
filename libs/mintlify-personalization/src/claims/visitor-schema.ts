import type { Type } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../errors.js';

/**
 * A JSON Schema, of draft 7 or 2020-12. It is checked when it is first used.
 *
 * @example
 * ```ts
 * const schema: JsonSchema = { type: 'object', properties: { plan: { enum: ['free', 'team'] } }, required: ['plan'] };
 * ```
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The shape of a part of a user: a class with decorators of class-validator, or a JSON Schema. */
export type VisitorShape = Type<object> | JsonSchema;

/** What a claim mapper may give. See {@link defineVisitorSchema}. */
export interface VisitorSchema {
  /** The groups that it may grant, or `'any'`. Default `'any'`. */
  readonly groups?: readonly string[] | 'any';
  /** The shape of `content`. Default: anything. */
  readonly content?: VisitorShape;
  /** The shape of `apiPlaygroundInputs`. Default: anything. */
  readonly apiPlaygroundInputs?: VisitorShape;
}

const DEFINED = Symbol.for('nestjs-mintlify-personalization.visitor-schema');
const KEYS = ['groups', 'content', 'apiPlaygroundInputs'];

/**
 * Declares what a claim mapper may give: the groups, and the shapes of `content` and `apiPlaygroundInputs`. Make it the
 * static property `visitorSchema` of the mapper, or the option `schema` of `@ClaimMapperFor()`.
 *
 * What the mapper returns is checked against it: see the option `schemaViolations`. `mintlify-personalization schema` writes
 * it to a file, and `mintlify-personalization check-docs` compares the docs with that file.
 *
 * A class allows only the properties that have a decorator. A JSON Schema needs the package `ajv`.
 *
 * @returns frozen
 * @throws MintlifyPersonalizationError `invalid_option` for an unknown key or a value of the wrong type
 * @example
 * ```ts
 * class AcmeContent {
 *   @IsString() firstName!: string;
 *   @IsOptional() @IsIn(['free', 'team']) plan?: string;
 * }
 *
 * @Injectable()
 * @ClaimMapperFor('acme')
 * export class AcmeClaimMapper implements ClaimMapper<Account> {
 *   static readonly visitorSchema = defineVisitorSchema({ groups: ['admin', 'viewer'], content: AcmeContent });
 *   // …
 * }
 * ```
 */
export function defineVisitorSchema(schema: VisitorSchema): VisitorSchema {
  for (const key of Object.keys(schema)) {
    if (!KEYS.includes(key)) throw invalid(key, 'is unknown', `A visitor schema has ${KEYS.join(', ')}.`);
  }
  const { groups = 'any', content, apiPlaygroundInputs } = schema;
  if (groups !== 'any' && !isListOfNames(groups)) {
    throw invalid('groups', "must be a list of group names, or 'any'", "Write groups: ['admin'].");
  }
  assertShape('content', content);
  assertShape('apiPlaygroundInputs', apiPlaygroundInputs);
  return Object.freeze({
    [DEFINED]: true,
    groups: groups === 'any' ? groups : Object.freeze([...new Set(groups)]),
    ...(content !== undefined && { content }),
    ...(apiPlaygroundInputs !== undefined && { apiPlaygroundInputs }),
  });
}

/**
 * The schema itself, if {@link defineVisitorSchema} made it.
 *
 * @internal
 * @param where for the message
 * @throws MintlifyPersonalizationError `invalid_option` for another value
 */
export function assertVisitorSchema(where: string, schema: unknown): VisitorSchema {
  if (typeof schema === 'object' && schema !== null && DEFINED in schema) return schema as VisitorSchema;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${where} is not a visitor schema. Make it with defineVisitorSchema().`,
  );
}

function assertShape(key: string, shape: unknown): void {
  if (shape === undefined || typeof shape === 'function') return;
  if (typeof shape === 'object' && shape !== null && !Array.isArray(shape)) return;
  throw invalid(key, 'must be a class or a JSON Schema', 'Leave it out to allow anything.');
}

function isListOfNames(groups: unknown): groups is readonly string[] {
  return Array.isArray(groups) && groups.every((group) => typeof group === 'string' && group !== '');
}

function invalid(key: string, problem: string, fix: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'invalid_option',
    `defineVisitorSchema(): ${key} ${problem}. ${fix}`,
  );
}
