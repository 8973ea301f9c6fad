import { Logger, type OnModuleInit } from '@nestjs/common';
import type { DiscoveryService, ModuleRef } from '@nestjs/core';
import type { TenantClass } from '../audit/telemetry.js';
import { missingMapper } from '../claims/claim-mapper.registry.js';
import { MintlifyPersonalizationError } from '../errors.js';
import { getHostPort } from '../options/host-port.js';
import { isSerialisedOrigin } from '../options/docs-origins.js';
import { isTenantId } from '../options/tenant-id.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { TenantCache } from './tenant.cache.js';
import { TenantFactory, type TenantParts } from './tenant.factory.js';
import type { Tenant } from './tenant.js';
import { TENANT_RESOLVER, TENANT_SOURCE } from './tenant-ports.js';
import { DocsOriginRegistry } from './docs-origin.registry.js';
import { askForOrigin, findTenantId, loadTenantOptions, unknownTenant } from './tenant-calls.js';

/** Nest's ways to the providers of this module and of the host app. */
interface HostProviders {
  readonly moduleRef: ModuleRef;
  readonly discovery: DiscoveryService;
}

/**
 * Knows the tenants: those of the options, and through the tenant source those that a database or a secrets manager
 * holds.
 *
 * @example
 * ```ts
 * constructor(@Inject(TenantRegistry) private readonly tenants: TenantRegistry) {}
 *
 * async rotateKey(tenantId: string): Promise<void> {
 *   await this.settings.replaceKey(tenantId);
 *   this.tenants.invalidate(tenantId); // the next visitor's token is signed with the new key
 * }
 * ```
 */
export class TenantRegistry implements OnModuleInit {
  /** @internal The default docs site. */
  readonly byDefault: Tenant;
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #parts: TenantParts;
  readonly #statics: ReadonlyMap<string, Tenant>;
  readonly #dynamics: TenantCache;
  readonly #origins: DocsOriginRegistry;
  /** Also of tenants that are forgotten meanwhile, as long as a user of theirs is on the way. */
  readonly #tenants = new WeakSet<object>();
  readonly #host: HostProviders;
  #resolver: TenantResolver | undefined;
  #source: TenantSource | undefined;

  private constructor(
    parts: TenantParts,
    host: HostProviders,
    factory: TenantFactory,
    byDefault: Tenant,
    statics: ReadonlyMap<string, Tenant>,
  ) {
    const { tenantMaxAgeSeconds, maxCachedTenants: max, resolveTenant } = parts.options;
    this.#parts = parts;
    this.#host = host;
    this.byDefault = byDefault;
    this.#statics = statics;
    for (const tenant of [byDefault, ...statics.values()]) this.#own(tenant);
    this.#dynamics = new TenantCache(
      async (id) => {
        const options = await loadTenantOptions(this.#source, id, parts.options.tenantTimeoutMs);
        const site = resolveTenant(id, options);
        // Its visitors may come through another handshake.
        await factory.assertSameSite(id, site).catch((error: Error) => this.#logger.warn(error.message));
        return this.#own(await factory.create(id, site, byDefault));
      },
      { max, maxAgeMs: tenantMaxAgeSeconds * 1_000 },
      parts.monotonicClock,
    );
    this.#origins = new DocsOriginRegistry(
      [byDefault, ...statics.values()],
      (origin) => askForOrigin(this.#source, origin, parts.options.tenantTimeoutMs),
      { max, maxAgeMs: tenantMaxAgeSeconds * 1_000 },
      parts.monotonicClock,
    );
  }

  /**
   * Reads the keys of the default docs site and of all tenants of the options.
   *
   * @internal
   * @throws MintlifyPersonalizationError for the first that cannot sign
   */
  static async create(parts: TenantParts, host: HostProviders): Promise<TenantRegistry> {
    const factory = new TenantFactory(parts);
    await factory.assertSameSite(undefined, parts.options);
    const byDefault = await factory.create(undefined, parts.options);
    const statics = new Map<string, Tenant>();
    for (const [id, site] of parts.options.tenants) {
      await factory.assertSameSite(id, site);
      statics.set(id, await factory.create(id, site, byDefault));
    }
    return new TenantRegistry(parts, host, factory, byDefault, statics);
  }

  /**
   * Finds the claim mappers and the ports, now that all providers are built.
   *
   * @hidden
   * @throws MintlifyPersonalizationError `claim_mapper_missing`, `claim_mapper_conflict`, `invalid_option`
   */
  onModuleInit(): void {
    this.#resolver = getHostPort(this.#host.moduleRef, {
      token: TENANT_RESOLVER,
      option: 'tenantResolver',
      method: 'resolve',
    });
    this.#source = this.#getSource();
    assertKnowsOrigin(this.#source);
    this.#parts.mappers.scan();
    this.#assertMappers();
  }

  /**
   * Forgets what the tenant source gave for a tenant, so that the next visitor's login loads it again: after a
   * change of its docs settings, and to rotate its key at once. In each process: others learn of the change when
   * `tenantMaxAgeSeconds` is over. A tenant of the options is not forgotten.
   */
  invalidate(tenantId: string): void {
    this.#dynamics.delete(tenantId);
    this.#origins.forget();
  }

  /**
   * Whether a docs site of anybody is at an origin, or may ask from there: of the options, or as the tenant source
   * confirms. `undefined` where nobody can tell, since the source has no `knowsOrigin()`.
   *
   * @internal
   * @throws MintlifyPersonalizationError `tenant_source_failed`, `tenant_source_timeout`
   */
  knowsOrigin(origin: string): boolean | undefined | Promise<boolean> {
    if (this.#origins.isStatic(origin)) return true;
    // Those of the options are checked at start.
    if (this.#source === undefined || !isSerialisedOrigin(origin)) return false;
    return this.#source.knowsOrigin === undefined ? undefined : this.#origins.confirm(origin);
  }

  /**
   * The docs site of a tenant, loaded and checked as for a visitor's login: to see after a change of its settings
   * that they work, or to show an administrator where its visitors go.
   *
   * @param tenantId `undefined` for the default docs site
   * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed`, `tenant_source_timeout`, and what
   * is wrong with the tenant's options: `invalid_option`, `invalid_signing_key`, `signing_key_unavailable`
   */
  async getSite(tenantId?: string): Promise<DocsSite> {
    const { site } = await this.get(tenantId);
    return site;
  }

  /**
   * A tenant by its id; the default docs site for `undefined`.
   *
   * @internal
   * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed`, `tenant_source_timeout`, and what
   * is wrong with the options that the source gave
   */
  get(tenantId: unknown): Tenant | Promise<Tenant> {
    if (tenantId === undefined) return this.byDefault;
    if (!isTenantId(tenantId)) throw unknownTenant(tenantId);
    const known = this.#statics.get(tenantId);
    if (known !== undefined) return known;
    if (this.#source === undefined) throw unknownTenant(tenantId);
    return this.#dynamics.get(tenantId);
  }

  /** @internal The default docs site, and the tenants of the options. */
  get configured(): readonly Tenant[] {
    return [this.byDefault, ...this.#statics.values()];
  }

  /** @internal How a tenant is known, for what has room for a few values alone. */
  classOf(tenant: Tenant | undefined): TenantClass {
    if (tenant === undefined) return 'unknown';
    if (tenant === this.byDefault) return 'default';
    return this.#statics.get(tenant.id ?? '') === tenant ? 'configured' : 'loaded';
  }

  /**
   * The tenant of a visitor.
   *
   * @internal
   * @throws what {@link get} throws, `tenant_resolver_failed`, `tenant_resolver_timeout`
   */
  find(principal: unknown, request: unknown): Tenant | Promise<Tenant> {
    if (this.#resolver === undefined) return this.byDefault;
    const tenantId = findTenantId(this.#resolver, principal, request, this.#parts.options.tenantTimeoutMs);
    return tenantId.then((id) => this.get(id));
  }

  /**
   * The tenant of a visitor who is not logged in, as far as the request alone tells: `undefined` where it does not,
   * or where the resolver fails without a principal. Good for choosing a login page and for nothing else.
   *
   * @internal
   */
  findAnonymous(request: unknown): Tenant | Promise<Tenant | undefined> {
    const found = this.find(undefined, request);
    if (!(found instanceof Promise)) return found;
    return found.then(
      (tenant) => (tenant === this.byDefault ? undefined : tenant),
      () => undefined,
    );
  }

  /**
   * The tenant, or the default docs site, that a user was identified for; `undefined` for a user of the host app's own
   * making, or of another import of this library's module.
   *
   * @internal
   */
  ownerOf(user: unknown): Tenant | undefined {
    const owner = ValidMintlifyUser.ownerOf(user);
    return owner !== undefined && this.#isOwn(owner) ? owner : undefined;
  }

  #own(tenant: Tenant): Tenant {
    this.#tenants.add(tenant);
    return tenant;
  }

  #isOwn(owner: object): owner is Tenant {
    return this.#tenants.has(owner);
  }

  #assertMappers(): void {
    const { mappers, mounted } = this.#parts;
    for (const id of mappers.tenantIds) if (!this.#isKnownAnywhere(id)) throw strangerMapper(id);
    if (!mounted.isAny) return;
    const hasTenants = this.#statics.size > 0 || this.#source !== undefined;
    if (this.#resolver === undefined && hasTenants) {
      this.#logger.warn(
        'There are tenants and no tenantResolver: all visitors of the handshakes go to the default docs site. ' +
          'Set tenantResolver, or mount no handshake and give tenantId to the services.',
      );
    }
    for (const id of this.#statics.keys()) if (!mappers.has(id)) throw missingMapper(id);
    const isDefaultNeeded = this.#resolver === undefined || mappers.tenantIds.length === 0;
    if (isDefaultNeeded && !mappers.has(undefined)) throw missingMapper(undefined);
  }

  /** Another import of this library's module, with tenants of its own, finds the same mappers. */
  #isKnownAnywhere(tenantId: string): boolean {
    return this.#host.discovery
      .getProviders()
      .map(({ instance }: { instance: unknown }) => instance)
      .filter((instance) => instance instanceof TenantRegistry)
      .some((registry) => registry.#mayKnow(tenantId));
  }

  #mayKnow(tenantId: string): boolean {
    // Asked by another registry, perhaps before this one has its source.
    return this.#statics.has(tenantId) || this.#getSource() !== undefined;
  }

  #getSource(): TenantSource | undefined {
    return getHostPort<TenantSource>(this.#host.moduleRef, {
      token: TENANT_SOURCE,
      option: 'tenantSource',
      method: 'load',
    });
  }
}

function assertKnowsOrigin({ knowsOrigin }: Partial<TenantSource> = {}): void {
  if (knowsOrigin === undefined || typeof knowsOrigin === 'function') return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'tenantSource.knowsOrigin must be a function of an origin, or be left out.',
  );
}

function strangerMapper(tenantId: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    `There is a claim mapper for it, and no such tenant. Add it to the option tenants, or mend the id in ` +
      `@ClaimMapperFor('${tenantId}').`,
    { tenantId },
  );
}
