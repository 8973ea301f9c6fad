import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { demoApiKey } from './demo-api-key.js';

/** What each plan reads. A plan that is not here reads no more than everybody. */
const GROUPS_OF_PLAN = new Map([
  ['starter', ['viewer']],
  ['team', ['viewer', 'engineering']],
  ['enterprise', ['viewer', 'engineering', 'enterprise']],
]);

/**
 * What the docs learn about a visitor from Globex, whose groups follow from the plan that Globex has bought: all of
 * its people read the same. Globex keeps family names to itself.
 */
@Injectable()
@ClaimMapperFor('globex')
export class GlobexClaimMapper implements ClaimMapper<SessionPrincipal> {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** Reads the account anew, so that a change of plan shows at the next visit. */
  async map({ accountId }: SessionPrincipal): Promise<MintlifyUser> {
    const { firstName, company, plan } = await this.accounts.getAccount(accountId);
    return {
      groups: GROUPS_OF_PLAN.get(plan) ?? [],
      content: { firstName, company, plan, apiKey: demoApiKey(accountId) },
      apiPlaygroundInputs: { query: { plan }, server: { region: 'eu' } },
    };
  }
}
