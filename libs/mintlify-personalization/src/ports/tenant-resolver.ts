/**
 * The port that says whose visitor this is: the id of the tenant, a customer of the host app.
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
   * @param principal what the guard put on `request.user`; `undefined` while no one is logged in, when the answer
   * decides on nothing but the login page
   * @param request the HTTP request, as Express or Fastify made it. `Host` and `X-Forwarded-*` are what the
   * client says they are
   * @returns the tenant's id, or `undefined` for the default docs site. An id that does not exist is answered
   * with 404 and no token
   */
  resolve(principal: Principal, request: unknown): string | undefined | Promise<string | undefined>;
}
