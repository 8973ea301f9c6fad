import type { ModuleMetadata, Type } from '@nestjs/common';
import type { AuditSink } from '../ports/audit-sink.js';
import type { ClaimMapper } from '../ports/claim-mapper.js';
import type { DocsSiteOptions, TenantOptions } from '../ports/docs-site-options.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import type { ViewAsPolicy } from '../ports/view-as-policy.js';
import type { AccessTokensOptions } from './access-tokens.js';
import type { AuditOptions } from './audit.js';
import type { HandshakesOptions } from './handshakes.js';
import type { PlaygroundKeysOptions } from './playground-keys.js';
import type { PreviewOriginsOptions } from './preview-origins.js';
import type { UserLimits } from './user-limits.js';

export type { UserLimits };

// The check and the default of each option are in `app-options.ts`; those of a docs site in `site-options.ts`.

/** The options that may come from a factory. */
export interface MintlifyPersonalizationConfiguration extends DocsSiteOptions {
  /**
   * The tenants that are known at start, by id: `^[a-z0-9][a-z0-9_-]{0,63}$`. A tenant inherits every option that it
   * does not set from the options above. All keys are checked at start.
   */
  tenants?: Record<string, TenantOptions>;
  /**
   * Milliseconds, 1 to 60,000: the timeout of one call of the tenant resolver, the tenant source or the
   * view-as policy. Default 2,000.
   */
  tenantTimeoutMs?: number;
  /**
   * Whole seconds, 1 to 86,400: how old the options of a tenant from the tenant source may get. Older options are used
   * while they are loaded again, and up to twice that age while the source fails. Default 300.
   */
  tenantMaxAgeSeconds?: number;
  /** How many tenants of the tenant source are cached, 1 to 1,000,000. Default 10,000. */
  maxCachedTenants?: number;
  /** Milliseconds, 1 to 60,000: the timeout of the claim mapper. Default 2,000. */
  mapperTimeoutMs?: number;
  /** Milliseconds, 1 to 60,000: the timeout of one signature. Default 2,000. */
  signerTimeoutMs?: number;
  userLimits?: UserLimits;
  /** The issuer of the access tokens for the OAuth handshake. Required by `OAuthAccessTokenGuard`. */
  accessTokens?: AccessTokensOptions;
  /**
   * The maximum length of the redirect URL in characters, 256 to 65,536. Default 7,168, since common proxies accept 8 KB
   * of headers. From 3,072 a warning is logged.
   */
  maxRedirectUrlLength?: number;
  /**
   * How many handshakes this process serves at once, 1 to 1,000,000. Further requests get 503 with `Retry-After`, before
   * your guards run. Default 1,000.
   */
  maxConcurrentHandshakes?: number;
  /**
   * How many handshakes of one tenant this process serves at once, 1 to `maxConcurrentHandshakes`. Further requests of
   * that tenant get 503 with `Retry-After`, so that one tenant's slow claim mapper does not block the others. It applies
   * once the tenant is known, after your guards and the tenant resolver. Default: `maxConcurrentHandshakes`, so no
   * separate limit.
   *
   * @example
   * ```ts
   * maxConcurrentHandshakes: 1_000,
   * maxConcurrentHandshakesPerTenant: 100,
   * ```
   */
  maxConcurrentHandshakesPerTenant?: number;
  /** How audit events distinguish visitors. */
  audit?: AuditOptions;
  /**
   * What happens if a claim mapper gives what its visitor schema does not allow. `refuse`: the response is 500, as for any
   * other invalid user. `warn`: the docs get the user, and there is a warning in the log, the audit event `schema.violated`
   * and a count in `mintlify.schema.violations`. Default: `warn` if `NODE_ENV` is `production`, else `refuse`. See
   * `defineVisitorSchema()`.
   */
  schemaViolations?: 'refuse' | 'warn';
  /** How the keys of `@PlaygroundKeysFor()` are kept and used. Without such a provider, it has no effect. */
  playgroundKeys?: PlaygroundKeysOptions;
  /** Which previews of your docs your CI may allow to ask for visitors. Default: none. See `DocsPreviews`. */
  previewOrigins?: PreviewOriginsOptions;
}

/** The static options: they define the module itself, so they cannot come from a factory. */
export interface MintlifyPersonalizationComposition {
  handshakes?: HandshakesOptions;
  /** The default claim mapper. Put the modules that export its dependencies into `imports`. */
  claimMapper?: Type<ClaimMapper<never>>;
  /** Finds the tenant of a visitor. Default: none; every visitor goes to the default docs site. */
  tenantResolver?: Type<TenantResolver<never>>;
  /** Loads tenants that `tenants` does not list. Default: none. */
  tenantSource?: Type<TenantSource>;
  /** Says who may view the docs as another person, and loads that account. Default: none; no one may. */
  viewAs?: Type<ViewAsPolicy<never>>;
  /** Receives audit events. Default: each is one line of JSON in Nest's log. */
  auditSink?: Type<AuditSink>;
  /** Modules that export the dependencies of the mapper, the resolver, the source, the policy, the sink and the guards. */
  imports?: ModuleMetadata['imports'];
  /** Whether other modules can inject the services without importing this module. Default `false`. */
  isGlobal?: boolean;
}

/** All options of `MintlifyPersonalizationModule.forRoot()`. */
export type MintlifyPersonalizationOptions = MintlifyPersonalizationConfiguration &
  MintlifyPersonalizationComposition;

/** Implemented by the class of `useClass` or `useExisting` in `forRootAsync()`. */
export interface MintlifyPersonalizationOptionsFactory {
  createMintlifyPersonalizationOptions():
    MintlifyPersonalizationConfiguration | Promise<MintlifyPersonalizationConfiguration>;
}
