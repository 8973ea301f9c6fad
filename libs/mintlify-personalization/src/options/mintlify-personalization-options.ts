import type { ModuleMetadata, Type } from '@nestjs/common';
import type { AuditSink } from '../ports/audit-sink.js';
import type { ClaimMapper } from '../ports/claim-mapper.js';
import type { DocsSiteOptions, TenantOptions } from '../ports/docs-site-options.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import type { AccessTokensOptions } from './access-tokens.js';
import type { AuditOptions } from './audit.js';
import type { HandshakesOptions } from './handshakes.js';
import type { UserLimits } from './user-limits.js';

export type { UserLimits };

/** The options that may come from a factory: configuration, as against composition. */
export interface MintlifyPersonalizationConfiguration extends DocsSiteOptions {
  /**
   * The tenants that are known at start, by id: `^[a-z0-9][a-z0-9_-]{0,63}$`. Each with docs options of its own;
   * what it leaves out is taken from the options above. All their keys are checked at start.
   */
  tenants?: Record<string, TenantOptions>;
  /** Milliseconds, 1 to 60,000, for one call of the tenant resolver or of the tenant source. Default 2,000. */
  tenantTimeoutMs?: number;
  /**
   * Whole seconds, 1 to 86,400: how old the options of a tenant from the tenant source may be. Older ones are
   * used while they are loaded again, and up to twice that age while the source fails. Default 300.
   */
  tenantMaxAgeSeconds?: number;
  /** How many tenants of the tenant source are kept at once, 1 to 1,000,000. Default 10,000. */
  maxCachedTenants?: number;
  /** Milliseconds, 1 to 60,000, for one call of the claim mapper. Default 2,000. */
  mapperTimeoutMs?: number;
  /** Milliseconds, 1 to 60,000, for one signature. Default 2,000. */
  signerTimeoutMs?: number;
  userLimits?: UserLimits;
  /** Who issues the access tokens of the OAuth handshake. Required by `OAuthAccessTokenGuard`. */
  accessTokens?: AccessTokensOptions;
  /**
   * Characters of the whole `Location`, 256 to 65,536. Default 7,168: common proxies stop at 8 KB of
   * headers. A warning is logged from 3,072.
   */
  maxRedirectUrlLength?: number;
  /**
   * How many requests of the handshakes are served at once in this process, 1 to 1,000,000: what comes beyond it is
   * answered with 503 and `Retry-After`, before any guard of the host app runs. Default 1,000.
   */
  maxConcurrentHandshakes?: number;
  /**
   * How many requests of the handshakes of one tenant are served at once in this process, 1 to `maxConcurrentHandshakes`:
   * what comes beyond it is answered with 503 and `Retry-After`, for that tenant alone, so that one tenant's slow claim
   * mapper does not take the places of the others. Whose request it is, is known once the guards of the host app and the
   * tenant resolver have run. Default: as many as `maxConcurrentHandshakes`, which is no limit of its own.
   *
   * @example
   * ```ts
   * maxConcurrentHandshakes: 1_000,
   * maxConcurrentHandshakesPerTenant: 100,
   * ```
   */
  maxConcurrentHandshakesPerTenant?: number;
  /** How visitors are told apart in audit events. */
  audit?: AuditOptions;
}

/** The options that shape the module itself, so they stand outside any factory. */
export interface MintlifyPersonalizationComposition {
  handshakes?: HandshakesOptions;
  /** The default claim mapper, in short form; `imports` brings what it injects. */
  claimMapper?: Type<ClaimMapper<never>>;
  /** Finds the tenant of a visitor. Default: none, and every visitor goes to the default docs site. */
  tenantResolver?: Type<TenantResolver<never>>;
  /** Loads tenants that `tenants` does not list. Default: none. */
  tenantSource?: Type<TenantSource>;
  /** Takes audit events. Default: each is one line of JSON in Nest's log. */
  auditSink?: Type<AuditSink>;
  /** Modules that export what the mapper, the resolver, the source, the sink and the guards inject. */
  imports?: ModuleMetadata['imports'];
  /** Whether the services can be injected anywhere without importing the module. Default `false`. */
  isGlobal?: boolean;
}

/** All options of `MintlifyPersonalizationModule.forRoot()`. */
export type MintlifyPersonalizationOptions = MintlifyPersonalizationConfiguration &
  MintlifyPersonalizationComposition;

/** What `useClass` and `useExisting` of `forRootAsync()` implement. */
export interface MintlifyPersonalizationOptionsFactory {
  createMintlifyPersonalizationOptions():
    MintlifyPersonalizationConfiguration | Promise<MintlifyPersonalizationConfiguration>;
}
