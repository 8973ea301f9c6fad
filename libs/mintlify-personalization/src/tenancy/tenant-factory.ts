import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { ClaimMapperRegistry } from '../claims/claim-mapper.registry.js';
import type { SigningKeyProvider } from '../keys/signing-key-handle.js';
import { nameTenant } from '../errors.js';
import type { ResolvedOptions } from '../options/app-options.js';
import { KEY_OPTIONS, pickRequestOptions, type ResolvedSiteOptions } from '../options/site-options.js';
import { assertSameSite } from '../options/same-site.js';
import type { Clock } from '../time/clock.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { MintlifyUserValidator } from '../user/mintlify-user-validator.js';
import { createDocsSite } from './docs-site.js';
import { KeyRotationDetector } from './key-rotation-detector.js';
import type { Tenant } from './tenant.js';

/** Which kinds of handshakes are mounted. */
export interface MountedHandshakes {
  /** Any: then claim mappers are needed. */
  readonly isAny: boolean;
  /** One that signs: then keys are needed. */
  readonly isSigning: boolean;
  /** One that relies on cookies: then API and docs must be same-site. */
  readonly isSharedSession: boolean;
  /** One that docs pages call: then their origins must be known. */
  readonly isUserInfo: boolean;
}

/** What all tenants share. */
export interface TenantParts {
  readonly options: ResolvedOptions;
  readonly mounted: MountedHandshakes;
  readonly mappers: ClaimMapperRegistry;
  readonly audit: AuditRecorder;
  readonly clock: Clock;
  readonly monotonicClock: MonotonicClock;
}

/** Creates tenants from their resolved options, and imports their keys. */
export class TenantFactory {
  readonly #parts: TenantParts;
  readonly #rotations: KeyRotationDetector;

  constructor(parts: TenantParts) {
    const { maxCachedTenants, tenants } = parts.options;
    this.#parts = parts;
    this.#rotations = new KeyRotationDetector(parts.audit, maxCachedTenants + tenants.size + 1);
  }

  /**
   * Creates a tenant.
   *
   * @param defaultTenant the default docs site, whose key is used by tenants without their own
   * @throws MintlifyPersonalizationError `invalid_signing_key`, `signing_key_unavailable` or `invalid_option`
   */
  async create(id: string | undefined, site: ResolvedSiteOptions, defaultTenant?: Tenant): Promise<Tenant> {
    return Object.freeze({
      id,
      site: createDocsSite(site),
      docsOrigins: new Set([site.docs.origin, ...site.additionalDocsOrigins]),
      key: await this.#createKey(id, site, defaultTenant),
      mapper: this.#parts.mappers.lookupFor(id),
      users: this.#createValidator(site, defaultTenant),
      ...pickRequestOptions(site),
    });
  }

  /**
   * Throws if the shared-session handshake cannot work for a docs site.
   *
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  async assertSameSite(id: string | undefined, { apiUrl, docs }: ResolvedSiteOptions): Promise<void> {
    if (!this.#parts.mounted.isSharedSession || apiUrl === undefined) return;
    try {
      await assertSameSite(apiUrl, docs.origin);
    } catch (error) {
      throw nameTenant(id, error);
    }
  }

  /** Most tenants have the default session lifetime and share its validator, which is likely in the CPU cache. */
  #createValidator(
    { sessionLifetimeSeconds }: ResolvedSiteOptions,
    defaultTenant: Tenant | undefined,
  ): MintlifyUserValidator {
    const { options, clock } = this.#parts;
    if (defaultTenant !== undefined && sessionLifetimeSeconds === options.sessionLifetimeSeconds) {
      return defaultTenant.users;
    }
    return new MintlifyUserValidator(options.userLimits, clock, sessionLifetimeSeconds);
  }

  async #createKey(
    id: string | undefined,
    site: ResolvedSiteOptions,
    defaultTenant: Tenant | undefined,
  ): Promise<SigningKeyProvider | undefined> {
    const { options, mounted, monotonicClock } = this.#parts;
    if (site.signingKey === undefined && !mounted.isSigning) return undefined;
    if (defaultTenant !== undefined && isSameKey(site, options)) return defaultTenant.key;
    // Loaded on need: an app that only answers user-info requests has no key.
    const { createSigningKeyProvider } = await import('../keys/create-signing-key-provider.js');
    return createSigningKeyProvider(site, options.signerTimeoutMs, monotonicClock, id, (key) =>
      this.#rotations.observe(id, key),
    );
  }
}

function isSameKey(site: ResolvedSiteOptions, defaultSite: ResolvedSiteOptions): boolean {
  return KEY_OPTIONS.every((name) => site[name] === defaultSite[name]);
}
