import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { accounts, sessions } from '../database/database-schema.js';
import type { SessionPrincipal } from './session-principal.js';

/**
 * Keeps the sessions that have not ended, so that a cookie is worth nothing after its logout: in all processes that share
 * the database.
 */
@Injectable()
export class SessionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Begins a session of the account, and gives its id. */
  async create(accountId: string, lifetimeSeconds: number): Promise<string> {
    // What expired without a logout is removed here alone.
    await this.database.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
    const id = randomUUID();
    const expiresAt = new Date(Date.now() + lifetimeSeconds * 1_000);
    await this.database.insert(sessions).values({ id, accountId, expiresAt });
    return id;
  }

  /** Ends a session for good. One that has ended already stays so. */
  async end(id: string): Promise<void> {
    await this.database.delete(sessions).where(eq(sessions.id, id));
  }

  /** Who the visitor with this session is; `undefined` where the session has ended or is of another account. */
  async findPrincipal(id: string, accountId: string): Promise<SessionPrincipal | undefined> {
    const [principal] = await this.database
      .select({ accountId: accounts.id, tenantId: accounts.tenantId })
      .from(sessions)
      .innerJoin(accounts, eq(sessions.accountId, accounts.id))
      .where(and(eq(sessions.id, id), eq(accounts.id, accountId)));
    return principal;
  }
}
