import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import type { SessionPrincipal } from '../auth/session.principal.js';

/** What the docs learn about a visitor. Every script on a docs page can read it, so it holds no secret. */
@Injectable()
@ClaimMapperFor()
export class AcmeClaimMapper implements ClaimMapper<SessionPrincipal> {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** Reads the account anew, so that a change of plan or groups shows at the next visit. */
  async map({ accountId, tenantId }: SessionPrincipal): Promise<MintlifyUser> {
    const account = await this.accounts.findAccount(accountId);
    if (account === undefined)
      throw new Error('The account was deleted while its owner was on the way to the docs.');
    const { firstName, lastName, company, plan, groups } = account;
    return {
      groups,
      content: { firstName, lastName, company, plan },
      apiPlaygroundInputs: {
        header: { 'X-Acme-Tenant': tenantId },
        server: { tenant: tenantId },
      },
    };
  }
}
