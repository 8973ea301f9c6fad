/** What {@link ViewAsPolicy.canViewAs} is asked about. */
export interface ViewAsTarget {
  /** The id of the account whose docs are asked for. Not trusted: it may come from a request. */
  readonly subject: string;
  /** The tenant of the actor. Absent for the default docs site. */
  readonly tenantId?: string;
  /** Aborted after `tenantTimeoutMs`: pass it to `fetch` and to database clients. */
  readonly signal: AbortSignal;
}

/** Where {@link ViewAsPolicy.loadPrincipal} has to look. */
export interface ViewAsAccount {
  /** The tenant that the policy has permitted. Absent for the default docs site. */
  readonly tenantId?: string;
  /** Aborted after `tenantTimeoutMs`. */
  readonly signal: AbortSignal;
}

/** A permission that may name another tenant. */
export interface ViewAsPermission {
  readonly allowed: boolean;
  /**
   * The tenant of the account, if it is not that of the actor. Name it only for actors who may see the docs of other
   * tenants, such as your own support team. Default: the tenant of the actor.
   */
  readonly tenantId?: string;
}

/**
 * Says who may view the docs as another person, and loads that account. Implement it, and set the option `viewAs`.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class AdministratorsViewAs implements ViewAsPolicy<Account> {
 *   constructor(@Inject(AccountService) private readonly accounts: AccountService) {}
 *
 *   canViewAs(actor: Account): boolean {
 *     return actor.roles.includes('admin');
 *   }
 *
 *   loadPrincipal(subject: string, { tenantId }: ViewAsAccount): Promise<Account | undefined> {
 *     return this.accounts.findMember(tenantId, subject);
 *   }
 * }
 * ```
 */
export interface ViewAsPolicy<Actor = unknown> {
  /**
   * Whether an actor may view the docs as an account.
   *
   * @param actor the principal of the person who asks: what your guard put on `request.user`
   * @returns `true` for an account of the actor's own tenant. For an account of another tenant,
   * `{ allowed: true, tenantId }` with its id. Anything else is a refusal
   * @throws `UnauthorizedException` or `ForbiddenException`: a refusal; any other error: the response is 500
   */
  canViewAs(
    actor: Actor,
    target: ViewAsTarget,
  ): boolean | ViewAsPermission | Promise<boolean | ViewAsPermission>;
  /**
   * Loads the principal of the account: what your guard would put on `request.user` if that person were logged in. It is
   * called after `canViewAs` has permitted it. The tenant resolver must find the permitted tenant for it, and
   * `audit.subject` must return `subject`: otherwise it is another account, and the visit is refused.
   *
   * @returns a principal, or a promise of one; `undefined`, `null` or `false` if there is no such account
   */
  loadPrincipal(subject: string, account: ViewAsAccount): unknown;
}
