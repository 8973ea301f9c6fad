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
 * Makes the tables that are missing, and the rows of the demo where there is one. Then makes sure that the keys in the database can be read.
 *
 * @throws {StartError} when the database cannot be reached or used, or TENANT_KEYS_SECRET is another one
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
        'its user may create tables, or unset DATABASE_URL for the embedded one.',
      { cause: error },
    );
  }
}

/** One key is enough: no process with another secret gets as far as adding a key of its own. */
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
      'TENANT_KEYS_SECRET is not the one that the keys in the database are encrypted with. Set it to that one; if it ' +
        'is lost, delete the rows of signing_keys and new keys are made.',
      { cause: error },
    );
  }
}
