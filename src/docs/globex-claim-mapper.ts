import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor, defineVisitorSchema } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { CompanyContent } from './account-content.dto.js';
import { PlaygroundInputsDto } from './playground-inputs.dto.js';
import { PlaygroundInputs } from './playground-inputs.js';

/** The docs groups of each plan. A plan that is not listed has no groups. */
const GROUPS_OF_PLAN = new Map([
  ['starter', ['viewer']],
  ['team', ['viewer', 'engineering']],
  ['enterprise', ['viewer', 'engineering', 'enterprise']],
]);

/**
 * Maps visitors from Globex to docs users. Their groups follow from the plan that Globex has bought, so all of them read
 * the same pages. Globex does not share last names.
 */
@Injectable()
@ClaimMapperFor('globex')
export class GlobexClaimMapper implements ClaimMapper<SessionPrincipal> {
  static readonly visitorSchema = defineVisitorSchema({
    groups: [...GROUPS_OF_PLAN.values()].flat(),
    content: CompanyContent,
    apiPlaygroundInputs: PlaygroundInputsDto,
  });

  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(PlaygroundInputs) private readonly playground: PlaygroundInputs,
  ) {}

  /** Loads the account on each call, so that a change of plan takes effect at the next visit. */
  async map({ accountId }: SessionPrincipal): Promise<MintlifyUser> {
    const { firstName, company, plan } = await this.accounts.getAccount(accountId);
    return {
      groups: GROUPS_OF_PLAN.get(plan) ?? [],
      content: { firstName, company, plan },
      apiPlaygroundInputs: this.playground.inputs,
    };
  }
}
