import type { MapperLookup } from '../claims/claim-mapper.registry.js';
import type { SigningKeyProvider } from '../keys/signing-key-handle.js';
import type { RequestOptions } from '../options/site-options.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { MintlifyUserValidator } from '../user/mintlify-user-validator.js';

/**
 * Everything that a handshake needs of a tenant. Frozen, so that site, key, mode and mapper always belong together. The
 * default docs site is a tenant without an id.
 *
 * @internal
 */
export interface Tenant extends TenantSettings {
  readonly id: string | undefined;
  readonly site: DocsSite;
  /** The origins whose pages may call the user-info routes: that of the docs site and the additional ones. */
  readonly docsOrigins: ReadonlySet<string>;
  /** `undefined` if there is no key and none is needed. */
  readonly key: SigningKeyProvider | undefined;
  readonly mapper: MapperLookup;
  /** With the tenant's own session lifetime. */
  readonly users: MintlifyUserValidator;
}

/** @internal The options of a tenant that are needed for each request. */
export type TenantSettings = RequestOptions;
