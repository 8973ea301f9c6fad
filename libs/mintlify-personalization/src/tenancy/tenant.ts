import type { MapperLookup } from '../claims/mapper-lookup.js';
import type { SigningKeyProvider } from '../keys/signing-key-handle.js';
import type { RequestOptions } from '../options/resolved-site-options.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { MintlifyUserValidator } from '../user/mintlify-user-validator.js';

/**
 * All that a login of one tenant's visitor needs, bound together once and frozen: whatever changes meanwhile,
 * site, key, mode and mapper are those of one tenant at one time. The default docs site is the one without an id.
 *
 * @internal
 */
export interface Tenant extends TenantSettings {
  readonly id: string | undefined;
  readonly site: DocsSite;
  /** Whose pages may ask who their visitor is: the docs site's own origin and the additional ones. */
  readonly docsOrigins: ReadonlySet<string>;
  /** `undefined` where no key is needed, since nothing signs. */
  readonly key: SigningKeyProvider | undefined;
  readonly mapper: MapperLookup;
  /** With the tenant's own session lifetime. */
  readonly users: MintlifyUserValidator;
}

/** @internal The options of a tenant that are of use while a request is served. */
export type TenantSettings = RequestOptions;
