import { SetMetadata, type CustomDecorator } from '@nestjs/common';

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
export const ClaimMapperFor = (...tenantIds: string[]): CustomDecorator<symbol> =>
  SetMetadata(CLAIM_MAPPER_FOR, tenantIds);
