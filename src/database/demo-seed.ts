import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import { hashPassword } from '../auth/password-hash.js';
import type { BackendConfig } from '../config/backend-config.js';
import { TenantKeyCipher } from '../tenants/tenant-key-cipher.js';
import { newTenantKey } from '../tenants/new-tenant-key.js';
import type { Service } from '../services/service.js';
import type { Database } from './database-connection.js';
import { accounts, services, signingKeys, tenants } from './database-schema.js';

/** The password of every demo account. It is public: the startup banner and the README show it. */
export const DEMO_PASSWORD = 'docs-demo';

/** The demo tenants: two use the public docs, one uses the private docs. */
export const DEMO_TENANTS: { id: string; company: string; plan: string; docsMode: DocsMode }[] = [
  { id: 'acme', company: 'Acme', plan: 'enterprise', docsMode: 'personalization' },
  { id: 'globex', company: 'Globex', plan: 'starter', docsMode: 'personalization' },
  { id: 'initech', company: 'Initech', plan: 'team', docsMode: 'authentication' },
];

/** The demo accounts. All but Alan are administrators of their tenant. */
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
    id: 'alan',
    tenantId: 'acme',
    email: 'alan@acme.example',
    firstName: 'Alan',
    lastName: 'Turing',
    roles: ['viewer'],
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

/** The services of the demo tenants, which Acme's API lists. */
export const DEMO_SERVICES: (Service & { tenantId: string })[] = [
  { id: 'svc_acme_storefront', tenantId: 'acme', name: 'storefront', region: 'eu', status: 'running' },
  { id: 'svc_acme_payments', tenantId: 'acme', name: 'payments', region: 'us', status: 'running' },
  { id: 'svc_acme_analytics', tenantId: 'acme', name: 'analytics', region: 'eu', status: 'stopped' },
  { id: 'svc_globex_reactor', tenantId: 'globex', name: 'reactor', region: 'eu', status: 'running' },
  { id: 'svc_globex_weather', tenantId: 'globex', name: 'weather', region: 'ap', status: 'running' },
  { id: 'svc_initech_reports', tenantId: 'initech', name: 'reports', region: 'us', status: 'running' },
];

/** Adds missing demo tenants, accounts, services and keys. Does not change existing rows. */
export async function seedDemo(database: Database, config: BackendConfig): Promise<void> {
  await database.insert(tenants).values(DEMO_TENANTS).onConflictDoNothing();
  for (const account of DEMO_ACCOUNTS) {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await database
      .insert(accounts)
      .values({ ...account, passwordHash })
      .onConflictDoNothing();
  }
  await database.insert(services).values(DEMO_SERVICES).onConflictDoNothing();
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
