import type { TenantOptions } from './docs-site-options.js';

/**
 * The port to wherever tenants are kept: a database, a secrets manager. Asked for tenants that `tenants` does not
 * list; what it gives is checked as options are at start, and kept for `tenantMaxAgeSeconds`. A source that gives a
 * {@link TokenSigner} keeps it, and gives the same one until the key changes: the library closes none.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class DatabaseTenantSource implements TenantSource {
 *   constructor(@Inject(DocsSettings) private readonly settings: DocsSettings) {}
 *
 *   async load(tenantId: string, signal: AbortSignal): Promise<TenantOptions | undefined> {
 *     const row = await this.settings.find(tenantId, { signal });
 *     return row && { docsUrl: row.docsUrl, signingKey: row.privateKey };
 *   }
 * }
 * ```
 */
export interface TenantSource {
  /**
   * Loads the options of one tenant.
   *
   * @param tenantId matches `^[a-z0-9][a-z0-9_-]{0,63}$`
   * @param signal aborted when `tenantTimeoutMs` is over
   * @returns `undefined` for a tenant that does not exist: 404
   * @throws anything: 503, and the next visitor tries again
   */
  load(tenantId: string, signal: AbortSignal): Promise<TenantOptions | undefined>;

  /**
   * Whether any tenant's docs are at an origin, or may ask from there. Asked while the tenant is not known yet: for the CORS
   * preflights of the OAuth handshake, and so that a docs page can read an error answer. What the page asks then is held
   * to the origins of its own tenant. Without it, docs that only the source knows have neither.
   *
   * Any caller can have it asked about any origin: answer from an index. Bounded by `tenantTimeoutMs`. `true` is kept
   * for `tenantMaxAgeSeconds`, `false` for five seconds.
   *
   * @param origin as a browser sends it: `https://docs.acme.com`
   * @throws anything: 503, and the next page tries again
   */
  knowsOrigin?(origin: string): boolean | Promise<boolean>;
}
