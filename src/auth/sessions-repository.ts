import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { accounts, sessions } from '../database/database-schema.js';
import type { SessionPrincipal } from './session-principal.js';

/** Stores active sessions, so that a cookie stops working after logout in every process that shares the database. */
@Injectable()
export class SessionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Creates a session for the account and returns its id. */
  async create(accountId: string, lifetimeSeconds: number): Promise<string> {
    // Sessions that expired without a logout are deleted only here.
    await this.database.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
    const id = randomUUID();
    const expiresAt = new Date(Date.now() + lifetimeSeconds * 1_000);
    await this.database.insert(sessions).values({ id, accountId, expiresAt });
    return id;
  }

  /** Ends a session. Does nothing if it has ended already. */
  async end(id: string): Promise<void> {
    await this.database.delete(sessions).where(eq(sessions.id, id));
  }

  /** The principal of this session; `undefined` if it has ended or belongs to another account. */
  async findPrincipal(id: string, accountId: string): Promise<SessionPrincipal | undefined> {
    const [principal] = await this.database
      .select({ accountId: accounts.id, tenantId: accounts.tenantId })
      .from(sessions)
      .innerJoin(accounts, eq(sessions.accountId, accounts.id))
      .where(and(eq(sessions.id, id), eq(accounts.id, accountId)));
    return principal;
  }
}
