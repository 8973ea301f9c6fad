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

/** @internal Used instead of a tenant id. Not `undefined`, which may be a missing variable. */
export const DEFAULT_TENANT = Symbol('DEFAULT_TENANT');

/** @internal The tenant that a claim mapper is for. */
export type ClaimMapperMark = string | typeof DEFAULT_TENANT;

/**
 * Marks a provider as the claim mapper of one or more tenants or, without an id, as the default claim mapper. The
 * provider can be in any module of your app, inject what that module has, and be request-scoped.
 *
 * @param tenantIds each matches `^[a-z0-9][a-z0-9_-]{0,63}$`
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
export function ClaimMapperFor(...tenantIds: string[]): ClassDecorator {
  return (target) => {
    // Added to earlier marks: the decorator can be used several times.
    const marks = (Reflect.getOwnMetadata(CLAIM_MAPPER_FOR, target) ?? []) as ClaimMapperMark[];
    const added = tenantIds.length === 0 ? [DEFAULT_TENANT] : tenantIds;
    Reflect.defineMetadata(CLAIM_MAPPER_FOR, [...marks, ...added], target);
  };
}
