import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { SessionPrincipal } from '../auth/session-principal.js';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { accounts, apiKeys } from '../database/database-schema.js';
import { API_KEY_LIFETIME_SECONDS, createApiKey, hashApiKey, isApiKey } from './api-key.js';

/** A key, which is nowhere else, and when it stops working. */
export interface IssuedApiKey {
  readonly key: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** The keys of Acme's API. Each works for an hour; the database holds their hashes. */
@Injectable()
export class ApiKeysRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Creates a key for the account. */
  async create(accountId: string): Promise<IssuedApiKey> {
    // Expired keys are deleted only here.
    await this.database.delete(apiKeys).where(lt(apiKeys.expiresAt, sql`now()`));
    const { id, key } = createApiKey();
    const expiresAt = Math.floor(Date.now() / 1_000) + API_KEY_LIFETIME_SECONDS;
    await this.database
      .insert(apiKeys)
      .values({ id, accountId, hash: hashApiKey(key), expiresAt: new Date(expiresAt * 1_000) });
    return { key, expiresAt };
  }

  /** Deletes a key. Does nothing if there is no such key. */
  async delete(key: string): Promise<void> {
    await this.database.delete(apiKeys).where(eq(apiKeys.hash, hashApiKey(key)));
  }

  /** Whose key this is; `undefined` for a text that is no key, and for an expired or a deleted one. */
  async findPrincipal(key: string): Promise<SessionPrincipal | undefined> {
    if (!isApiKey(key)) return undefined;
    const [principal] = await this.database
      .select({ accountId: accounts.id, tenantId: accounts.tenantId })
      .from(apiKeys)
      .innerJoin(accounts, eq(apiKeys.accountId, accounts.id))
      .where(and(eq(apiKeys.hash, hashApiKey(key)), gt(apiKeys.expiresAt, sql`now()`)));
    return principal;
  }
}
