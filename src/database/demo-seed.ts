import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import { hashPassword } from '../auth/password-hash.js';
import type { BackendConfig } from '../config/backend-config.js';
import { TenantKeyCipher } from '../tenants/tenant-key-cipher.js';
import { newTenantKey } from '../tenants/new-tenant-key.js';
import type { Database } from './database-connection.js';
import { accounts, signingKeys, tenants } from './database-schema.js';

/** The password of every demo account. It is public: the startup banner and the README show it. */
export const DEMO_PASSWORD = 'docs-demo';

/** The demo tenants: two use the public docs, one uses the private docs. */
export const DEMO_TENANTS: { id: string; company: string; plan: string; docsMode: DocsMode }[] = [
  { id: 'acme', company: 'Acme', plan: 'enterprise', docsMode: 'personalization' },
  { id: 'globex', company: 'Globex', plan: 'starter', docsMode: 'personalization' },
  { id: 'initech', company: 'Initech', plan: 'team', docsMode: 'authentication' },
];

/** The demo accounts. Each is an administrator of its tenant. */
export const DEMO_ACCOUNTS = [
  {
    id: 'ada',
    tenantId: 'acme',
    email: 'ada@acme.example',
    firstName: 'Ada',
    lastName: 'Lovelace',
    roles: ['admin'],
  },
  {
    id: 'grace',
    tenantId: 'globex',
    email: 'grace@globex.example',
    firstName: 'Grace',
    lastName: 'Hopper',
    roles: ['admin'],
  },
  {
    id: 'peter',
    tenantId: 'initech',
    email: 'peter@initech.example',
    firstName: 'Peter',
    lastName: 'Gibbons',
    roles: ['admin', 'support'],
  },
];

/** Adds missing demo tenants, accounts and keys. Does not change existing rows. */
export async function seedDemo(database: Database, config: BackendConfig): Promise<void> {
  await database.insert(tenants).values(DEMO_TENANTS).onConflictDoNothing();
  for (const account of DEMO_ACCOUNTS) {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await database
      .insert(accounts)
      .values({ ...account, passwordHash })
      .onConflictDoNothing();
  }
  await seedKeys(database, config);
}

/** Adds keys only where the docs accept them: see `hasTenantKeys`. */
async function seedKeys(database: Database, { docsSites, tenantKeysSecret }: BackendConfig): Promise<void> {
  const cipher = new TenantKeyCipher(tenantKeysSecret);
  const ids = DEMO_TENANTS.map(({ id }) => id);
  const keyless = await database
    .select({ id: tenants.id, mode: tenants.docsMode })
    .from(tenants)
    .leftJoin(signingKeys, and(eq(signingKeys.tenantId, tenants.id), isNull(signingKeys.retiredAt)))
    .where(and(inArray(tenants.id, ids), isNull(tenants.docsUrl), isNull(signingKeys.kid)));
  for (const { id, mode } of keyless) {
    if (!docsSites[mode].hasTenantKeys) continue;
    // Another process that starts at the same time may have added one already.
    await database
      .insert(signingKeys)
      .values(await newTenantKey(cipher, id, mode))
      .onConflictDoNothing();
  }
}
