import { Logger, type OnModuleInit } from '@nestjs/common';
import type { DiscoveryService, ModuleRef } from '@nestjs/core';
import type { TenantClass } from '../audit/telemetry.js';
import { resolveHostProvider } from '../options/host-provider.js';
import { isSerializedOrigin } from '../options/docs-origins.js';
import { isTenantId } from '../options/tenant-id.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import { DocsOriginRegistry } from './docs-origin.registry.js';
import { TenantCache } from './tenant-cache.js';
import { TenantCalls, unknownTenant } from './tenant-calls.js';
import { TenantFactory, type TenantParts } from './tenant-factory.js';
import { TENANT_RESOLVER, TENANT_SOURCE } from './tenant-ports.js';
import { assertTenantSetup, listTenantWarnings, type TenantSetup } from './tenant-start-checks.js';
import type { Tenant } from './tenant.js';

/** Gives access to the providers of this module and of the host app. */
interface HostProviders {
  readonly moduleRef: ModuleRef;
  readonly discovery: DiscoveryService;
}

/**
 * Finds tenants: those in the options, and those of the tenant source.
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
  readonly defaultTenant: Tenant;
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #parts: TenantParts;
  readonly #host: HostProviders;
  readonly #configured: ReadonlyMap<string, Tenant>;
  readonly #loaded: TenantCache;
  readonly #origins: DocsOriginRegistry;
  readonly #calls: TenantCalls;
  /** The tenant of each identified user, even if it was evicted from the cache in the meantime. */
  readonly #owners = new WeakMap<object, Tenant>();
  /** Nest calls no lifecycle methods of modules that `LazyModuleLoader` loads: they start on first use. */
  #isStarted = false;
  #resolver: TenantResolver | undefined;
  #source: TenantSource | undefined;

  private constructor(
    parts: TenantParts,
    host: HostProviders,
    factory: TenantFactory,
    defaultTenant: Tenant,
    configured: ReadonlyMap<string, Tenant>,
  ) {
    const { options, monotonicClock } = parts;
    const limits = { max: options.maxCachedTenants, maxAgeMs: options.tenantMaxAgeSeconds * 1_000 };
    this.#parts = parts;
    this.#host = host;
    this.defaultTenant = defaultTenant;
    this.#configured = configured;
    this.#calls = new TenantCalls(options);
    this.#loaded = new TenantCache((id, isKnown) => this.#load(factory, id, isKnown), limits, monotonicClock);
    this.#origins = new DocsOriginRegistry(
      this.configured,
      (origin, isKnown) => this.#calls.knowsOrigin(this.#source, origin, isKnown),
      limits,
      monotonicClock,
    );
  }

  /**
   * Imports the keys of the default docs site and of all tenants in the options.
   *
   * @internal
   * @throws MintlifyPersonalizationError for the first key that cannot sign
   */
  static async create(parts: TenantParts, host: HostProviders): Promise<TenantRegistry> {
    const factory = new TenantFactory(parts);
    await factory.assertSameSite(undefined, parts.options);
    const defaultTenant = await factory.create(undefined, parts.options);
    const configured = new Map<string, Tenant>();
    for (const [id, site] of parts.options.tenants) {
      await factory.assertSameSite(id, site);
      configured.set(id, await factory.create(id, site, defaultTenant));
    }
    return new TenantRegistry(parts, host, factory, defaultTenant, configured);
  }

  /**
   * Finds claim mappers, resolver and source after all providers are instantiated.
   *
   * @hidden
   * @throws MintlifyPersonalizationError `claim_mapper_missing`, `claim_mapper_conflict`, `unknown_tenant`,
   * `invalid_option`
   */
  onModuleInit(): void {
    if (this.#isStarted) return;
    this.#resolver = resolveHostProvider(this.#host.moduleRef, {
      token: TENANT_RESOLVER,
      option: 'tenantResolver',
      method: 'resolve',
    });
    this.#source = this.#getSource();
    this.#parts.mappers.scan();
    const setup = this.#describeSetup();
    assertTenantSetup(setup);
    this.#isStarted = true;
    for (const warning of listTenantWarnings(setup)) this.#logger.warn(warning);
  }

  /**
   * Removes a tenant of the tenant source from the cache, so that it is loaded again for the next visitor. Call it after
   * its docs settings or its key have changed. It only affects this process: others notice the change after
   * `tenantMaxAgeSeconds`. Has no effect on tenants in the options.
   */
  invalidate(tenantId: string): void {
    this.#loaded.delete(tenantId);
    this.#origins.forget();
  }

  /**
   * Whether any tenant has docs at an origin, by the options or by the tenant source. `undefined` if the source has no
   * `knowsOrigin()`.
   *
   * @internal
   * @throws MintlifyPersonalizationError `tenant_source_failed`, `tenant_source_timeout`, `overloaded`
   */
  knowsOrigin(origin: string): boolean | undefined | Promise<boolean> {
    if (!this.#isStarted) this.onModuleInit();
    if (this.#origins.isConfigured(origin)) return true;
    // Any caller can send any header: do not pass on or cache what is not a valid origin.
    if (this.#source === undefined || !isSerializedOrigin(origin)) return false;
    return this.#source.knowsOrigin === undefined ? undefined : this.#origins.confirm(origin);
  }

  /**
   * Like {@link knowsOrigin}, but never calls the tenant source: `undefined` if that would be necessary.
   *
   * @internal
   */
  peekOrigin(origin: string): boolean | undefined {
    if (!this.#isStarted) this.onModuleInit();
    if (this.#origins.isConfigured(origin)) return true;
    if (this.#source === undefined || !isSerializedOrigin(origin)) return false;
    return this.#origins.peek(origin);
  }

  /**
   * Returns the docs site of a tenant, loaded and checked as for a visitor. Use it to test changed settings, or to show
   * an administrator where visitors go.
   *
   * @param tenantId `undefined` for the default docs site
   * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed`, `tenant_source_timeout`,
   * `overloaded`; for mistakes in the tenant's options `invalid_option`, `invalid_signing_key`, `signing_key_unavailable`
   */
  async getSite(tenantId?: string): Promise<DocsSite> {
    const { site } = await this.get(tenantId);
    return site;
  }

  /**
   * A tenant by its id; the default docs site for `undefined`.
   *
   * @internal
   * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed`, `tenant_source_timeout`,
   * `overloaded`, and errors for mistakes in the options from the source
   * @throws HttpException the 401 or 403 that the source threw
   */
  get(tenantId: unknown): Tenant | Promise<Tenant> {
    if (!this.#isStarted) this.onModuleInit();
    if (tenantId === undefined) return this.defaultTenant;
    if (!isTenantId(tenantId)) throw unknownTenant(tenantId);
    const known = this.#configured.get(tenantId);
    if (known !== undefined) return known;
    if (this.#source === undefined) throw unknownTenant(tenantId);
    return this.#loaded.get(tenantId);
  }

  /** @internal The default docs site, and the tenants in the options. */
  get configured(): readonly Tenant[] {
    return [this.defaultTenant, ...this.#configured.values()];
  }

  /** @internal Where a tenant comes from, for metrics. */
  classOf(tenant: Tenant | undefined): TenantClass {
    if (tenant === undefined) return 'unknown';
    if (tenant === this.defaultTenant) return 'default';
    return this.#configured.get(tenant.id ?? '') === tenant ? 'configured' : 'loaded';
  }

  /**
   * The tenant of a visitor. Synchronous if the resolver is and the tenant is cached.
   *
   * @internal
   * @throws the errors of {@link get}, `tenant_resolver_failed`, `tenant_resolver_timeout`
   */
  find(principal: unknown, request: unknown): Tenant | Promise<Tenant> {
    if (!this.#isStarted) this.onModuleInit();
    if (this.#resolver === undefined) return this.defaultTenant;
    const tenantId = this.#calls.findTenantId(this.#resolver, principal, request);
    return tenantId instanceof Promise ? tenantId.then((id) => this.get(id)) : this.get(tenantId);
  }

  /**
   * The tenant of a visitor who is not logged in, by the request alone: `undefined` if it is unknown, or if the resolver
   * fails without a principal. Only use it to choose a login page.
   *
   * @internal
   */
  findAnonymous(request: unknown): Tenant | undefined | Promise<Tenant | undefined> {
    if (this.#resolver === undefined) return this.defaultTenant;
    try {
      const found = this.find(undefined, request);
      if (!(found instanceof Promise)) return this.#unlessDefault(found);
      return found.then(
        (tenant) => this.#unlessDefault(tenant),
        () => undefined,
      );
    } catch {
      return undefined;
    }
  }

  /**
   * Remembers the tenant that a user was identified for.
   *
   * @internal
   */
  rememberOwner(user: object, tenant: Tenant): void {
    this.#owners.set(user, tenant);
  }

  /**
   * The tenant that a user was identified for; `undefined` if the host app created the user, or another import of this
   * module identified it.
   *
   * @internal
   */
  ownerOf(user: unknown): Tenant | undefined {
    return typeof user === 'object' && user !== null ? this.#owners.get(user) : undefined;
  }

  /**
   * Whether a tenant may exist. Another import of this module, with other tenants, finds the same providers of the host app.
   *
   * @internal
   */
  mayExist(tenantId: string): boolean {
    return this.#host.discovery
      .getProviders()
      .map(({ instance }: { instance: unknown }) => instance)
      .filter((instance) => instance instanceof TenantRegistry)
      .some((registry) => registry.#mayExist(tenantId));
  }

  async #load(factory: TenantFactory, id: string, isKnown: boolean): Promise<Tenant> {
    const options = await this.#calls.loadOptions(this.#source, id, isKnown);
    const site = this.#parts.options.resolveTenant(id, options);
    // Only a warning, since its visitors may use another handshake.
    await factory.assertSameSite(id, site).catch((error: Error) => this.#logger.warn(error.message));
    return factory.create(id, site, this.defaultTenant);
  }

  /** For an unknown visitor, a resolver usually returns the default docs site. */
  #unlessDefault(tenant: Tenant): Tenant | undefined {
    return tenant === this.defaultTenant ? undefined : tenant;
  }

  #describeSetup(): TenantSetup {
    const { mappers, mounted } = this.#parts;
    return {
      mappers,
      mounted,
      configuredIds: [...this.#configured.keys()],
      resolver: this.#resolver,
      source: this.#source,
      mayExist: (tenantId) => this.mayExist(tenantId),
    };
  }

  #mayExist(tenantId: string): boolean {
    // Called by another registry, perhaps before this one has found its source.
    return this.#configured.has(tenantId) || this.#getSource() !== undefined;
  }

  #getSource(): TenantSource | undefined {
    return resolveHostProvider<TenantSource>(this.#host.moduleRef, {
      token: TENANT_SOURCE,
      option: 'tenantSource',
      method: 'load',
    });
  }
}
