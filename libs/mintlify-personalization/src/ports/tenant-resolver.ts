/**
 * Finds the tenant of a visitor, which is a customer of your app.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class AccountTenantResolver implements TenantResolver {
 *   resolve(account: Account | undefined): string | undefined {
 *     return account?.tenantId;
 *   }
 * }
 * ```
 */
export interface TenantResolver<Principal = unknown> {
  /**
   * Finds the tenant of a visitor.
   *
   * @param principal what your guard put on `request.user`; `undefined` if the visitor is not logged in. Then the result
   * only decides on the login page
   * @param request the HTTP request of Express or Fastify. Do not trust `Host` and `X-Forwarded-*`: any client can set them
   * @returns the tenant's id, or `undefined` for the default docs site. If the tenant does not exist, the response is 404
   * @throws `UnauthorizedException` or `ForbiddenException`: the same response as if a guard had thrown it; any other
   * error: the response is 500
   */
  resolve(principal: Principal, request: unknown): string | undefined | Promise<string | undefined>;
}
