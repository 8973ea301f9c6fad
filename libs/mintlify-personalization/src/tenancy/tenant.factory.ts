import type { AuditTrail } from '../audit/audit.trail.js';
import type { ClaimMapperRegistry } from '../claims/claim-mapper.registry.js';
import type { DocsKey } from '../keys/active-key.js';
import { createDocsKey } from '../keys/create-docs-key.js';
import { nameTenant } from '../errors.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import type { ResolvedSiteOptions } from '../options/resolved-site-options.js';
import { assertSameSite } from '../options/same-site.js';
import type { Clock } from '../time/clock.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { MintlifyUserValidator } from '../user/mintlify-user.validator.js';
import { createDocsSite } from './docs-site.js';
import { RotationWatch } from './rotation.watch.js';
import type { Tenant } from './tenant.js';

/** What the handshakes that are mounted ask for. */
export interface MountedHandshakes {
  /** Whether there is any: then mappers are called. */
  readonly isAny: boolean;
  /** Whether there is one that signs: then keys are needed. */
  readonly isSigning: boolean;
  /** Whether there is one that lives on cookies: then API and docs must be same-site. */
  readonly isSharedSession: boolean;
}

/** What all tenants share. */
export interface TenantParts {
  readonly options: ResolvedOptions;
  readonly mounted: MountedHandshakes;
  readonly mappers: ClaimMapperRegistry;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly monotonicClock: MonotonicClock;
}

/** Makes tenants from their resolved options: reads the key, binds all parts together. */
export class TenantFactory {
  readonly #parts: TenantParts;
  readonly #rotations: RotationWatch;

  constructor(parts: TenantParts) {
    const { maxCachedTenants, tenants } = parts.options;
    this.#parts = parts;
    this.#rotations = new RotationWatch(parts.audit, maxCachedTenants + tenants.size + 1);
  }

  /**
   * Makes a tenant.
   *
   * @param byDefault the default docs site, whose key a tenant without one of its own shares
   * @throws MintlifyPersonalizationError `invalid_signing_key`, `signing_key_unavailable` or `invalid_option`
   */
  async create(id: string | undefined, site: ResolvedSiteOptions, byDefault?: Tenant): Promise<Tenant> {
    const { tokenLifetimeSeconds, claims, loginUrl, returnToParameter } = site;
    return Object.freeze({
      id,
      site: createDocsSite(site),
      docsOrigins: new Set([site.docs.origin, ...site.additionalDocsOrigins]),
      key: await this.#createKey(id, site, byDefault),
      mapper: this.#parts.mappers.lookupFor(id),
      users: this.#createValidator(site, byDefault),
      tokenLifetimeSeconds,
      claims,
      loginUrl,
      returnToParameter,
    });
  }

  /**
   * Refuses a docs site to which the shared-session handshake could never give a visitor.
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

  /** Most tenants have the default's session lifetime: what is shared is in the processor's cache already. */
  #createValidator(
    { sessionLifetimeSeconds }: ResolvedSiteOptions,
    byDefault: Tenant | undefined,
  ): MintlifyUserValidator {
    const { options, clock } = this.#parts;
    if (byDefault !== undefined && sessionLifetimeSeconds === options.sessionLifetimeSeconds) {
      return byDefault.users;
    }
    return new MintlifyUserValidator(options.userLimits, clock, sessionLifetimeSeconds);
  }

  async #createKey(
    id: string | undefined,
    site: ResolvedSiteOptions,
    byDefault: Tenant | undefined,
  ): Promise<DocsKey | undefined> {
    const { options, mounted, monotonicClock } = this.#parts;
    if (site.signingKey === undefined && !mounted.isSigning) return undefined;
    if (byDefault !== undefined && isSameKey(site, options)) return byDefault.key;
    return createDocsKey(site, options.signerTimeoutMs, monotonicClock, id, (key) =>
      this.#rotations.note(id, key),
    );
  }
}

function isSameKey(site: ResolvedSiteOptions, byDefault: ResolvedSiteOptions): boolean {
  return (['signingKey', 'mode', 'keyId', 'signingKeyMaxAgeSeconds'] as const).every(
    (name) => site[name] === byDefault[name],
  );
}
