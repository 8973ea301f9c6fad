/**
 * The token of the default claim mapper. The `claimMapper` option provides it; a module of the host app may
 * provide it too, and tests override it.
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

/** @internal In the place of a tenant id: not `undefined`, which a missing variable would be. */
export const DEFAULT_TENANT = Symbol('DEFAULT_TENANT');

/** @internal Whose claim mapper a class is. */
export type ClaimMapperMark = string | typeof DEFAULT_TENANT;

/**
 * Marks a provider, in whichever module of the host app, as the claim mapper of one tenant or of several, or,
 * without an id, as the default one. It is built there, with that module's own providers, and may be
 * request-scoped.
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
    // Added to what an earlier mark said: decorators stack.
    const marks = (Reflect.getOwnMetadata(CLAIM_MAPPER_FOR, target) ?? []) as ClaimMapperMark[];
    const added = tenantIds.length === 0 ? [DEFAULT_TENANT] : tenantIds;
    Reflect.defineMetadata(CLAIM_MAPPER_FOR, [...marks, ...added], target);
  };
}
