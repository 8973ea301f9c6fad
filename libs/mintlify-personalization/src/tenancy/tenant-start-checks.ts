import { missingMapper, type ClaimMapperRegistry } from '../claims/claim-mapper.registry.js';
import { MintlifyPersonalizationError } from '../errors.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import type { MountedHandshakes } from './tenant-factory.js';

/** @internal What is known of the tenants when all providers are built. */
export interface TenantSetup {
  readonly mounted: MountedHandshakes;
  readonly mappers: ClaimMapperRegistry;
  /** The ids of the tenants of the options. */
  readonly configuredIds: readonly string[];
  readonly resolver: TenantResolver | undefined;
  readonly source: TenantSource | undefined;
  /** Whether a tenant may exist: also in another import of this library's module, which finds the same mappers. */
  readonly mayExist: (tenantId: string) => boolean;
}

/**
 * Refuses tenants, mappers and ports that do not fit together.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`, `unknown_tenant`, `claim_mapper_missing`
 */
export function assertTenantSetup(setup: TenantSetup): void {
  const { mounted, mappers, configuredIds, resolver, source } = setup;
  assertKnowsOrigin(source);
  for (const id of mappers.tenantIds) if (!setup.mayExist(id)) throw unknownTenantMapper(id);
  if (!mounted.isAny) return;
  for (const id of configuredIds) if (!mappers.has(id)) throw missingMapper(id);
  const isDefaultNeeded = resolver === undefined || mappers.tenantIds.length === 0;
  if (isDefaultNeeded && !mappers.has(undefined)) throw missingMapper(undefined);
}

/** @internal What works, and hardly as it is meant: one sentence each, for the log. */
export function listTenantWarnings({ mounted, configuredIds, resolver, source }: TenantSetup): string[] {
  const warnings: string[] = [];
  if (mounted.isAny && resolver === undefined && (configuredIds.length > 0 || source !== undefined)) {
    warnings.push(
      'There are tenants and no tenantResolver: all visitors of the handshakes go to the default docs site. ' +
        'Set tenantResolver, or mount no handshake and give tenantId to the services.',
    );
  }
  if (mounted.isUserInfo && source !== undefined && source.knowsOrigin === undefined) {
    warnings.push(
      'tenantSource has no knowsOrigin(): pages of docs that only the tenant source knows cannot read error answers of ' +
        'the user-info routes, and their OAuth preflights are refused. Implement knowsOrigin(origin) on the tenant source.',
    );
  }
  return warnings;
}

function assertKnowsOrigin({ knowsOrigin }: Partial<TenantSource> = {}): void {
  if (knowsOrigin === undefined || typeof knowsOrigin === 'function') return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'tenantSource.knowsOrigin must be a function of an origin, or be left out.',
  );
}

function unknownTenantMapper(tenantId: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    `There is a claim mapper for it, and no such tenant. Add it to the option tenants, or fix the id in ` +
      `@ClaimMapperFor('${tenantId}').`,
    { tenantId },
  );
}
