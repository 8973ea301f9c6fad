import type { TenantOptions } from './docs-site-options.js';

/**
 * Loads tenants from where you keep them, such as a database or a secrets manager. It is called for tenants that
 * `tenants` does not list. Its results are checked like all options and cached for `tenantMaxAgeSeconds`.
 *
 * If it returns a {@link TokenSigner}, it must return the same one until the key changes: the library does not close
 * signers.
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
   * @param signal aborted after `tenantTimeoutMs`
   * @returns `undefined` for a tenant that does not exist: the response is 404
   * @throws `UnauthorizedException` or `ForbiddenException` for a tenant whose visitors may not log in: the same response
   * as if a guard had thrown it, and the tenant is no longer cached; any other error: the response is 503, and the next
   * visitor tries again
   */
  load(tenantId: string, signal: AbortSignal): Promise<TenantOptions | undefined>;

  /**
   * Whether any tenant has docs at this origin, or lists it in `additionalDocsOrigins`. It is called while the tenant is
   * not known yet: for the CORS preflights of the OAuth handshake, and to let a docs page read an error response. After
   * that, only the origins of the visitor's own tenant are allowed. Without this method, tenants of the source have
   * neither.
   *
   * Anyone can make it run with any origin, so look the origin up in an index. It may take `tenantTimeoutMs`. `true` is
   * cached for `tenantMaxAgeSeconds`, `false` for five seconds.
   *
   * @param origin as a browser sends it: `https://docs.acme.com`
   * @throws any error: the response is 503, and the next page tries again
   */
  knowsOrigin?(origin: string): boolean | Promise<boolean>;
}
