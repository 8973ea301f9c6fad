import { assertVisitorSchema, type VisitorSchema } from './visitor-schema.js';

/**
 * Injection token of the default claim mapper. The option `claimMapper` provides it; a module of your app can provide it,
 * too. Override it in tests.
 *
 * @example
 * ```ts
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(CLAIM_MAPPER)
 *   .useValue({ map: () => ({ groups: ['admin'] }) });
 * ```
 */
export const CLAIM_MAPPER = Symbol('CLAIM_MAPPER');

/** @internal Metadata key of {@link ClaimMapperFor}. */
export const CLAIM_MAPPER_FOR = Symbol('CLAIM_MAPPER_FOR');

/** @internal Metadata key of the option `schema` of {@link ClaimMapperFor}: a map of schemas by mark. */
export const VISITOR_SCHEMAS = Symbol('VISITOR_SCHEMAS');

/** @internal Used instead of a tenant id. Not `undefined`, which may be a missing variable. */
export const DEFAULT_TENANT = Symbol('DEFAULT_TENANT');

/** @internal The tenant that a claim mapper is for. */
export type TenantMark = string | typeof DEFAULT_TENANT;

/** The last argument of {@link ClaimMapperFor}. */
export interface ClaimMapperForOptions {
  /** What the mapper may give these tenants. Default: the static property `visitorSchema` of the class. */
  readonly schema?: VisitorSchema;
}

/**
 * Marks a provider as the claim mapper of one or more tenants or, without an id, as the default claim mapper. The
 * provider can be in any module of your app, inject what that module has, and be request-scoped.
 *
 * @param args tenant ids, each matches `^[a-z0-9][a-z0-9_-]{0,63}$`; the last one may be the options
 * @throws MintlifyPersonalizationError `invalid_option` if `schema` was not made with `defineVisitorSchema()`
 * @example
 * ```ts
 * @Injectable()
 * @ClaimMapperFor('acme')
 * export class AcmeClaimMapper implements ClaimMapper<Account> { … }
 *
 * @Module({ providers: [AcmeClaimMapper, PlanService] })
 * export class DocsModule {}
 * ```
 */
export function ClaimMapperFor(
  ...args: [...tenantIds: string[], options: ClaimMapperForOptions]
): ClassDecorator;
export function ClaimMapperFor(...tenantIds: string[]): ClassDecorator;
export function ClaimMapperFor(...args: (string | ClaimMapperForOptions)[]): ClassDecorator {
  const last = args.at(-1);
  const { schema } = typeof last === 'object' ? last : {};
  if (schema !== undefined) assertVisitorSchema('The option schema of @ClaimMapperFor()', schema);
  const tenantIds = (typeof last === 'object' ? args.slice(0, -1) : args) as readonly string[];
  return (target) => {
    const added: readonly TenantMark[] = tenantIds.length === 0 ? [DEFAULT_TENANT] : tenantIds;
    // Added to earlier marks: the decorator can be used several times.
    const marks = readMarks(target) ?? [];
    Reflect.defineMetadata(CLAIM_MAPPER_FOR, [...marks, ...added], target);
    if (schema === undefined) return;
    const schemas = new Map(readSchemas(target));
    for (const mark of added) schemas.set(mark, schema);
    Reflect.defineMetadata(VISITOR_SCHEMAS, schemas, target);
  };
}

/** @internal The marks of a class; `undefined` if it has none. */
export function readMarks(target: unknown): readonly TenantMark[] | undefined {
  if (typeof target !== 'function') return undefined;
  return Reflect.getOwnMetadata(CLAIM_MAPPER_FOR, target) as TenantMark[] | undefined;
}

/**
 * The schema of a class for one of its marks: of the decorator, or its static property `visitorSchema`.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option` if the property was not made with `defineVisitorSchema()`
 */
export function readVisitorSchema(target: unknown, mark: TenantMark): VisitorSchema | undefined {
  if (typeof target !== 'function') return undefined;
  const own = readSchemas(target)?.get(mark);
  if (own !== undefined) return own;
  const { visitorSchema, name } = target as { visitorSchema?: unknown; name: string };
  return visitorSchema === undefined
    ? undefined
    : assertVisitorSchema(`The static property visitorSchema of ${name}`, visitorSchema);
}

function readSchemas(target: object): ReadonlyMap<TenantMark, VisitorSchema> | undefined {
  return Reflect.getOwnMetadata(VISITOR_SCHEMAS, target) as Map<TenantMark, VisitorSchema> | undefined;
}
