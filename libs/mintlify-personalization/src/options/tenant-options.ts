import { nameTenant } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readOption, readOptions } from './option-reader.js';
import { namesOf } from './option-table.js';
import {
  inheritDefaults,
  resolveSiteOptions,
  SITE_OPTIONS,
  type ResolvedSiteOptions,
  type SiteContext,
} from './site-options.js';
import { assertTenantId } from './tenant-id.js';

/** @internal Checks the options of one tenant, and adds those that it inherits. */
export type ResolveTenant = (tenantId: string, options: unknown) => ResolvedSiteOptions;

/**
 * Creates the function that resolves one tenant, of `tenants` or of the tenant source.
 *
 * @internal
 * @param defaults the options of the default docs site, from `readOptions`
 * @returns a function that throws MintlifyPersonalizationError `invalid_option`, naming the tenant
 */
export function createTenantResolution(
  defaults: Readonly<Record<string, unknown>>,
  context: SiteContext,
): ResolveTenant {
  return (tenantId, given) => {
    try {
      const own = readOptions('', given, namesOf(SITE_OPTIONS));
      return resolveSiteOptions(inheritDefaults(own, defaults), context);
    } catch (error) {
      throw nameTenant(tenantId, error);
    }
  };
}

/**
 * Resolves `tenants`: the tenants that are known at start.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`, naming the tenant
 */
export function resolveTenants(
  tenants: unknown,
  resolveTenant: ResolveTenant,
): ReadonlyMap<string, ResolvedSiteOptions> {
  const listed = readOption('tenants', () => listTenants(tenants));
  const entries = listed.map(([id, given]) => [id, resolveTenant(id, given)] as const);
  return new Map(entries);
}

function listTenants(tenants: unknown = {}): [string, unknown][] {
  if (!isRecord(tenants)) {
    throw invalidOptionError(
      'tenants',
      'must be an object with options by tenant id, for example { acme: { docsUrl: "https://docs.acme.com" } }',
    );
  }
  return Object.keys(tenants).map((id) => {
    assertTenantId('tenants', id);
    return [id, readOption(`tenants.${id}`, () => tenants[id])];
  });
}

/** Not an array, a `Map` or a `Date`, which have no options by name. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
