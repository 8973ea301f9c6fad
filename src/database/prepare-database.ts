import { isNotNull } from 'drizzle-orm';
import type { BackendConfig } from '../config/backend-config.js';
import { StartError } from '../config/start-error.js';
import { TenantKeyCipher } from '../tenants/tenant-key-cipher.js';
import type { Database } from './database-connection.js';
import { signingKeys } from './database-schema.js';
import { seedDemo } from './demo-seed.js';
import { createTables } from './create-tables.js';
import { failureReason } from './failure-reason.js';

/**
 * Creates missing tables, checks that the stored keys can be decrypted, and adds the demo data if it is configured.
 *
 * @throws {StartError} if the database cannot be reached or used, or if TENANT_KEYS_SECRET does not match its keys
 */
export async function prepareDatabase(database: Database, config: BackendConfig): Promise<void> {
  try {
    await createTables(database);
    await checkSecret(database, config.tenantKeysSecret);
    if (config.hasDemo) await seedDemo(database, config);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The database cannot be used (${failureReason(error)}). Check that the Postgres server of DATABASE_URL runs and that ` +
        'its user can create tables, or unset DATABASE_URL to use the embedded one.',
      { cause: error },
    );
  }
}

/** Checking one key is enough: a process with another secret fails here, before it could add a key. */
async function checkSecret(database: Database, secret: string): Promise<void> {
  const [key] = await database
    .select({ tenantId: signingKeys.tenantId, kid: signingKeys.kid, sealed: signingKeys.sealedPrivateKey })
    .from(signingKeys)
    .where(isNotNull(signingKeys.sealedPrivateKey))
    .limit(1);
  if (!key?.sealed) return;
  try {
    await new TenantKeyCipher(secret).open(key.tenantId, key.kid, key.sealed);
  } catch (error) {
    throw new StartError(
      'TENANT_KEYS_SECRET does not match the keys in the database. Set it to the secret that encrypted them. If that ' +
        'secret is lost, delete all rows of signing_keys to get new keys.',
      { cause: error },
    );
  }
}
