import type { DocsSite } from './docs-site.js';
import type { MintlifyUser } from './mintlify-user.js';

/** What a {@link ClaimMapper} gets in addition to the principal. */
export interface ClaimMappingContext {
  /** The tenant. Absent for the default docs site. */
  readonly tenantId?: string;
  /** The docs site that the visitor goes to. */
  readonly site: DocsSite;
  /** The HTTP request of Express or Fastify. */
  readonly request: unknown;
  /** Aborted after `mapperTimeoutMs`: pass it to `fetch` and to database clients. */
  readonly signal: AbortSignal;
}

/**
 * Turns the principal (what your guard puts on `request.user`) into the user that the docs see. Implement one for your
 * app, or one for each tenant.
 *
 * The result is validated: a key that is not in the User format is an error. If the mapper throws, the response is 500
 * and no token is made. If it throws Nest's `UnauthorizedException` or `ForbiddenException`, the response is the same as
 * if a guard had: use them for accounts that are blocked or deleted.
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
