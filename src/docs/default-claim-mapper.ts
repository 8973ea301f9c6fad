import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperFor } from 'nestjs-mintlify-personalization';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import { ADMIN_ROLE } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { demoApiKey } from './demo-api-key.js';

/**
 * What the docs learn about a visitor of a tenant without a mapper of its own, such as Initech: each role is a group.
 * Only the administrator's is not: it is about Acme Cloud, and opens no page of the customer's docs.
 */
@Injectable()
@ClaimMapperFor()
export class DefaultClaimMapper implements ClaimMapper<SessionPrincipal> {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** Reads the account anew, so that a change of roles shows at the next visit. */
  async map({ accountId }: SessionPrincipal): Promise<MintlifyUser> {
    const { firstName, lastName, company, plan, roles } = await this.accounts.getAccount(accountId);
    return {
      groups: roles.filter((role) => role !== ADMIN_ROLE),
      content: { firstName, lastName, company, plan, apiKey: demoApiKey(accountId) },
    };
  }
}
