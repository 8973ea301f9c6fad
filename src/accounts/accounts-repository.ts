import { Inject, Injectable } from '@nestjs/common';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { accounts, tenants } from '../database/database-schema.js';
import { normalizeEmail } from './account.js';
import type { Account, Credentials } from './account.js';

const ACCOUNT_COLUMNS = {
  id: accounts.id,
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  roles: accounts.roles,
  tenantId: accounts.tenantId,
  company: tenants.company,
  plan: tenants.plan,
};

/** Finds accounts. */
@Injectable()
export class AccountsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The current state of the account with this id. */
  async findAccount(id: string): Promise<Account | undefined> {
    const [account] = await this.database
      .select(ACCOUNT_COLUMNS)
      .from(accounts)
      .innerJoin(tenants, eq(accounts.tenantId, tenants.id))
      .where(eq(accounts.id, id));
    return account;
  }

  /**
   * The account of a logged-in visitor.
   *
   * @throws when the account was deleted after the session was checked
   */
  async getAccount(id: string): Promise<Account> {
    const account = await this.findAccount(id);
    if (account === undefined) throw new Error('The account was deleted while its owner was logged in.');
    return account;
  }

  /** The account with this id, if it belongs to a tenant. */
  async findMember(tenantId: string, id: string): Promise<Account | undefined> {
    const account = await this.findAccount(id);
    return account?.tenantId === tenantId ? account : undefined;
  }

  /** The accounts of a tenant, by name; at most `limit`. */
  async findMembers(tenantId: string, limit: number): Promise<Account[]> {
    return this.database
      .select(ACCOUNT_COLUMNS)
      .from(accounts)
      .innerJoin(tenants, eq(accounts.tenantId, tenants.id))
      .where(eq(accounts.tenantId, tenantId))
      .orderBy(asc(accounts.lastName), asc(accounts.firstName), asc(accounts.id))
      .limit(limit);
  }

  /** The credentials of the account with this email, which is not case-sensitive. */
  async findCredentials(email: string): Promise<Credentials | undefined> {
    const [credentials] = await this.database
      .select({ accountId: accounts.id, passwordHash: accounts.passwordHash })
      .from(accounts)
      .where(eq(accounts.email, normalizeEmail(email)));
    return credentials;
  }
}
