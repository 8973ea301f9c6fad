import type { DocsSite } from './docs-site.js';
import type { MintlifyUser } from './mintlify-user.js';

/** What a {@link ClaimMapper} gets beside the principal. */
export interface ClaimMappingContext {
  /** The tenant, where the host app has tenants. */
  readonly tenantId?: string;
  /** The docs site that the visitor is on the way to. */
  readonly site: DocsSite;
  /** The HTTP request, as Express or Fastify made it. */
  readonly request: unknown;
  /** Aborted when `mapperTimeoutMs` is over: hand it to `fetch` and to database clients. */
  readonly signal: AbortSignal;
}

/**
 * The port that a host app implements: turns the principal (what the guard put on `request.user`) into the
 * user that the docs see.
 *
 * The result is validated; keys that are not in the User format are refused. An error thrown here answers
 * 500 and no token is made.
 *
 * @example
 * ```ts
 * @Injectable()
 * @ClaimMapperFor()
 * export class AcmeClaimMapper implements ClaimMapper<Account> {
 *   constructor(@Inject(PlanService) private readonly plans: PlanService) {}
 *
 *   async map(account: Account): Promise<MintlifyUser> {
 *     const plan = await this.plans.of(account.id);
 *     return { groups: [plan.name], content: { firstName: account.firstName } };
 *   }
 * }
 * ```
 */
export interface ClaimMapper<Principal = unknown> {
  map(principal: Principal, context: ClaimMappingContext): MintlifyUser | Promise<MintlifyUser>;
}
