import { MintlifyPersonalizationError, nameTenant } from '../errors.js';
import type { DocsSiteOptions, TenantOptions } from '../ports/docs-site-options.js';
import { assertKnownKeys } from './known-keys.js';
import type { MintlifyPersonalizationConfiguration } from './mintlify-personalization.options.js';
import { resolveSiteOptions, SITE_OPTIONS, type ResolvedSiteOptions } from './resolved-site-options.js';
import { assertTenantId } from './tenant-id.js';

/**
 * Resolves `tenants`, and makes the function that resolves the tenants of a tenant source later on.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`, naming the tenant
 */
export function resolveTenants(
  { tenants = {}, ...options }: MintlifyPersonalizationConfiguration,
  longestSession: number,
): {
  tenants: ReadonlyMap<string, ResolvedSiteOptions>;
  resolveTenant: (tenantId: string, options: unknown) => ResolvedSiteOptions;
} {
  const byDefault = pickSiteOptions(options);
  const resolveTenant = (tenantId: string, given: unknown): ResolvedSiteOptions => {
    try {
      assertKnownKeys('', given as object, SITE_OPTIONS);
      return resolveSiteOptions(fallBack(given as TenantOptions, byDefault), longestSession);
    } catch (error) {
      throw nameTenant(tenantId, error);
    }
  };
  const entries = listTenants(tenants).map(([id, given]) => [id, resolveTenant(id, given)] as const);
  return { tenants: new Map(entries), resolveTenant };
}

function listTenants(tenants: Record<string, TenantOptions>): [string, TenantOptions][] {
  if (typeof tenants !== 'object' || tenants === null || Array.isArray(tenants) || tenants instanceof Map) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      'tenants must be an object: options by tenant id, for example { acme: { docsUrl: "https://docs.acme.com" } }.',
    );
  }
  const entries = Object.entries(tenants);
  for (const [id] of entries) assertTenantId('tenants', id);
  return entries;
}

function fallBack(tenant: TenantOptions, byDefault: TenantOptions): Partial<DocsSiteOptions> {
  const own = pickSiteOptions(tenant);
  const merged = { ...byDefault, ...own };
  // The default's keyId names the default's key.
  if (own.signingKey !== undefined && own.keyId === undefined) delete merged.keyId;
  return merged;
}

/** What is set of the options of a docs site. */
function pickSiteOptions(options: TenantOptions): TenantOptions {
  return Object.fromEntries(
    SITE_OPTIONS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}
