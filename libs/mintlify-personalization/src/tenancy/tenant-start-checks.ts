import { missingMapper, type ClaimMapperRegistry } from '../claims/claim-mapper.registry.js';
import { MintlifyPersonalizationError } from '../errors.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import type { MountedHandshakes } from './tenant-factory.js';

/** @internal What is known about tenants after all providers are instantiated. */
export interface TenantSetup {
  readonly mounted: MountedHandshakes;
  readonly mappers: ClaimMapperRegistry;
  /** The ids of the tenants in the options. */
  readonly configuredIds: readonly string[];
  readonly resolver: TenantResolver | undefined;
  readonly source: TenantSource | undefined;
  /** Whether a tenant may exist, also in another import of this module, which finds the same mappers. */
  readonly mayExist: (tenantId: string) => boolean;
}

/**
 * Throws if tenants, claim mappers, resolver and source do not fit together.
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

/** @internal Warnings about setups that work, but probably not as intended. */
export function listTenantWarnings({ mounted, configuredIds, resolver, source }: TenantSetup): string[] {
  const warnings: string[] = [];
  if (mounted.isAny && resolver === undefined && (configuredIds.length > 0 || source !== undefined)) {
    warnings.push(
      'There are tenants, but no tenantResolver, so all visitors go to the default docs site. ' +
        'Set tenantResolver, or mount no handshake and pass tenantId to the services.',
    );
  }
  if (mounted.isUserInfo && source !== undefined && source.knowsOrigin === undefined) {
    warnings.push(
      'tenantSource has no knowsOrigin(), so the docs of its tenants cannot read error responses of the user-info ' +
        'routes, and their OAuth preflights are rejected. Implement knowsOrigin(origin) on the tenant source.',
    );
  }
  return warnings;
}

function assertKnowsOrigin({ knowsOrigin }: Partial<TenantSource> = {}): void {
  if (knowsOrigin === undefined || typeof knowsOrigin === 'function') return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'tenantSource.knowsOrigin is not a function. Make it a method of an origin, or leave it out.',
  );
}

function unknownTenantMapper(tenantId: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    `It has a claim mapper, but does not exist. Add it to the option tenants, or fix the id in ` +
      `@ClaimMapperFor('${tenantId}').`,
    { tenantId },
  );
}
