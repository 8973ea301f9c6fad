import { Inject, Injectable } from '@nestjs/common';
import type { ViewAsAccount, ViewAsPolicy } from 'nestjs-mintlify-personalization';
import { isAdmin } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';

/** Lets the administrators of a tenant view the docs as the members of that tenant, and of no other. */
@Injectable()
export class AdministratorViewAsPolicy implements ViewAsPolicy<SessionPrincipal> {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** The role is read from the account each time, not from the session. */
  async canViewAs({ accountId }: SessionPrincipal): Promise<boolean> {
    const account = await this.accounts.findAccount(accountId);
    return account !== undefined && isAdmin(account);
  }

  /** Members of other tenants are not found. */
  async loadPrincipal(subject: string, { tenantId }: ViewAsAccount): Promise<SessionPrincipal | undefined> {
    const member = tenantId && (await this.accounts.findMember(tenantId, subject));
    return member ? { accountId: member.id, tenantId: member.tenantId } : undefined;
  }
}
