import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { ADMIN_ROLE } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { PlaygroundInputs } from './playground-inputs.js';

/**
 * Maps visitors of tenants without a claim mapper of their own, such as Initech, and the users of Acme Console. Each role is a group, except the
 * administrator role: it applies to Acme Cloud, not to the customer's docs.
 */
@Injectable()
@ClaimMapperFor()
export class DefaultClaimMapper implements ClaimMapper<SessionPrincipal> {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(PlaygroundInputs) private readonly inputs: PlaygroundInputs,
  ) {}

  /** Loads the account on each call, so that a change of roles takes effect at the next visit. */
  async map({ accountId }: SessionPrincipal): Promise<MintlifyUser> {
    const { firstName, lastName, company, plan, roles } = await this.accounts.getAccount(accountId);
    return {
      groups: roles.filter((role) => role !== ADMIN_ROLE),
      content: { firstName, lastName, company, plan },
      apiPlaygroundInputs: await this.inputs.of(accountId),
    };
  }
}
