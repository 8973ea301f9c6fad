import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { accounts, apiKeys } from '../database/database-schema.js';
import { apiKeyOf, hashApiKey, isApiKey, newApiKeyId } from './api-key.js';

/** The keys of Acme's API, one for each account. The database holds their hashes. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(BACKEND_CONFIG) private readonly config: Pick<BackendConfig, 'sessionSecret'>,
  ) {}

  /** The key of an account, created at the first call. A changed session secret replaces it. */
  async getKey(accountId: string): Promise<string> {
    const stored = await this.findRow(accountId);
    const key = stored && apiKeyOf(stored.id, this.config.sessionSecret);
    if (stored && key !== undefined && hashApiKey(key) === stored.hash) return key;
    const id = newApiKeyId();
    const hash = hashApiKey(apiKeyOf(id, this.config.sessionSecret));
    if (stored) await this.database.delete(apiKeys).where(eq(apiKeys.id, stored.id));
    // Another request for the same account may have added one in the meantime: that one counts.
    await this.database.insert(apiKeys).values({ id, accountId, hash }).onConflictDoNothing();
    const current = await this.findRow(accountId);
    return apiKeyOf(current?.id ?? id, this.config.sessionSecret);
  }

  /** Whose key this is; `undefined` for a text that is no key, or for a deleted one. */
  async findPrincipal(key: string): Promise<SessionPrincipal | undefined> {
    if (!isApiKey(key)) return undefined;
    const [principal] = await this.database
      .select({ accountId: accounts.id, tenantId: accounts.tenantId })
      .from(apiKeys)
      .innerJoin(accounts, eq(apiKeys.accountId, accounts.id))
      .where(eq(apiKeys.hash, hashApiKey(key)));
    return principal;
  }

  private async findRow(accountId: string): Promise<{ id: string; hash: string } | undefined> {
    const [row] = await this.database
      .select({ id: apiKeys.id, hash: apiKeys.hash })
      .from(apiKeys)
      .where(eq(apiKeys.accountId, accountId));
    return row;
  }
}
