import { hashPassword } from '../auth/password.hash.js';
import type { Database } from './database.connection.js';
import { accounts, tenants } from './database.schema.js';

/** The password of every demo account. It protects nothing: it is printed at start. */
export const DEMO_PASSWORD = 'docs-demo';

const DEMO_TENANTS = [
  { id: 'acme', company: 'Acme', plan: 'enterprise' },
  { id: 'globex', company: 'Globex', plan: 'starter' },
];

/** The demo accounts, without their password. */
export const DEMO_ACCOUNTS = [
  {
    id: 'ada',
    tenantId: 'acme',
    email: 'ada@acme.example',
    firstName: 'Ada',
    lastName: 'Lovelace',
    groups: ['admin', 'engineering'],
  },
  {
    id: 'grace',
    tenantId: 'globex',
    email: 'grace@globex.example',
    firstName: 'Grace',
    lastName: 'Hopper',
    groups: ['viewer'],
  },
];

/** Adds the demo tenants and accounts that are missing. Rows that exist stay as they are. */
export async function seedDemo(database: Database): Promise<void> {
  await database.insert(tenants).values(DEMO_TENANTS).onConflictDoNothing();
  for (const account of DEMO_ACCOUNTS) {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await database
      .insert(accounts)
      .values({ ...account, passwordHash })
      .onConflictDoNothing();
  }
}
