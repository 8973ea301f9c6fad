import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor, defineVisitorSchema } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { AccountContent } from './account-content.dto.js';
import { PlaygroundInputsDto } from './playground-inputs.dto.js';
import { PlaygroundInputs } from './playground-inputs.js';

/** The roles that are docs groups. The administrator role is none: it applies to Acme Cloud, not to the customer's docs. */
const DOCS_ROLES = ['engineering', 'support', 'viewer'];

/**
 * Maps visitors of tenants without a claim mapper of their own, such as Initech, and the users of Acme Console. Their roles
 * are groups.
 */
@Injectable()
@ClaimMapperFor()
export class DefaultClaimMapper implements ClaimMapper<SessionPrincipal> {
  static readonly visitorSchema = defineVisitorSchema({
    groups: DOCS_ROLES,
    content: AccountContent,
    apiPlaygroundInputs: PlaygroundInputsDto,
  });

  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(PlaygroundInputs) private readonly playground: PlaygroundInputs,
  ) {}

  /** Loads the account on each call, so that a change of roles takes effect at the next visit. */
  async map({ accountId }: SessionPrincipal): Promise<MintlifyUser> {
    const { firstName, lastName, company, plan, roles } = await this.accounts.getAccount(accountId);
    return {
      groups: roles.filter((role) => DOCS_ROLES.includes(role)),
      content: { firstName, lastName, company, plan },
      apiPlaygroundInputs: this.playground.inputs,
    };
  }
}
