import { afterEach, describe, expect, it } from '@jest/globals';
import { asc, eq, sql } from 'drizzle-orm';
import { DEMO_RATE_LIMITS } from '../../../src/config/backend-config.js';
import type { BackendConfig } from '../../../src/config/backend-config.js';
import { StartError } from '../../../src/config/start-error.js';
import { openDatabase } from '../../../src/database/database-connection.js';
import type { DatabaseConnection } from '../../../src/database/database-connection.js';
import { accounts, sessions, signingKeys, tenants } from '../../../src/database/database-schema.js';
import { prepareDatabase } from '../../../src/database/prepare-database.js';
import { TenantKeyCipher } from '../../../src/tenants/tenant-key-cipher.js';
import { START_TIMEOUT_MS, consoleDocs, docsSites } from './backend-fixture.js';

describe('the database of the reference backend', () => {
  const opened: DatabaseConnection[] = [];

  function open(): DatabaseConnection['database'] {
    const connection = openDatabase(undefined);
    opened.push(connection);
    return connection.database;
  }

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  const config = async (overrides: Partial<BackendConfig> = {}): Promise<BackendConfig> => ({
    publicUrl: 'http://localhost:3000',
    localUrl: 'http://127.0.0.1:3000',
    sessionDocsUrl: 'http://localhost:3003',
    oauthDocsUrl: 'http://localhost:3004',
    consoleUrl: 'http://localhost:3005',
    consoleDocs: await consoleDocs(),
    docsSites: await docsSites(),
    sessionSecret: 's'.repeat(32),
    tenantKeysSecret: 't'.repeat(32),
    hasDemo: true,
    rateLimits: DEMO_RATE_LIMITS,
    logFormat: 'text',
    ...overrides,
  });

  it(
    'upgrades the tables of the version in which tenants had no docs settings',
    async () => {
      const database = open();
      await database.execute(
        sql`create table tenants (id text primary key, company text not null, plan text not null)`,
      );
      await database.execute(sql`create table accounts (
        id text primary key, tenant_id text not null references tenants (id), email text not null unique,
        first_name text not null, last_name text not null, groups text[] not null, password_hash text not null
      )`);
      await database.execute(sql`insert into tenants values ('acme', 'Acme & Sons', 'team')`);
      await database.execute(
        sql`insert into accounts values ('ada', 'acme', 'ada@acme.example', 'Ada', 'Lovelace', '{admin,engineering}', '')`,
      );

      await prepareDatabase(database, await config());

      const [acme, , initech] = await database.select().from(tenants).orderBy(asc(tenants.id));
      expect(acme).toEqual({
        id: 'acme',
        company: 'Acme & Sons',
        plan: 'team',
        docsUrl: null,
        docsMode: 'personalization',
      });
      expect(initech).toMatchObject({ id: 'initech', docsMode: 'authentication' });
      const [ada] = await database.select().from(accounts).where(eq(accounts.id, 'ada'));
      expect(ada?.roles).toEqual(['admin', 'engineering']);
      expect(await database.select().from(signingKeys)).toHaveLength(3);
    },
    START_TIMEOUT_MS,
  );

  it(
    'gets tables but no demo accounts without SEED_DEMO, and keeps its rows',
    async () => {
      const database = open();
      const noDemo = await config({ hasDemo: false });
      const countRows = () =>
        Promise.all(
          [tenants, accounts, signingKeys, sessions].map(async (table) => {
            return (await database.select().from(table)).length;
          }),
        );
      await prepareDatabase(database, noDemo);
      expect(await countRows()).toEqual([0, 0, 0, 0]);
      await prepareDatabase(database, await config());
      expect(await countRows()).toEqual([3, 4, 3, 0]);
      await prepareDatabase(database, noDemo);
      expect(await countRows()).toEqual([3, 4, 3, 0]);
    },
    START_TIMEOUT_MS,
  );

  it(
    'can be prepared by several processes at once and again later, without changes',
    async () => {
      const database = open();
      await Promise.all([
        prepareDatabase(database, await config()),
        prepareDatabase(database, await config()),
      ]);
      const read = () =>
        Promise.all([tenants, accounts, signingKeys].map((table) => database.select().from(table)));
      const before = await read();
      expect(before.map((rows) => rows.length)).toEqual([3, 4, 3]);
      await prepareDatabase(database, await config());
      expect(await read()).toEqual(before);
    },
    START_TIMEOUT_MS,
  );

  it(
    'stores private keys only encrypted, each with the key type of its docs',
    async () => {
      const database = open();
      const { tenantKeysSecret, ...rest } = await config();
      await prepareDatabase(database, { tenantKeysSecret, ...rest });
      const cipher = new TenantKeyCipher(tenantKeysSecret);
      for (const { tenantId, kid, mode, publicKey, sealedPrivateKey } of await database
        .select()
        .from(signingKeys)) {
        const privateKey = await cipher.open(tenantId, kid, sealedPrivateKey ?? '');
        expect(privateKey).toEqual({ ...publicKey, d: expect.any(String) });
        expect(publicKey).toMatchObject({ kid, crv: mode === 'authentication' ? 'Ed25519' : 'P-256' });
      }
      const { rows } = (await database.execute(sql`select signing_keys::text as row from signing_keys`)) as {
        rows: unknown;
      };
      expect(rows).toHaveLength(3);
      expect(JSON.stringify(rows)).not.toMatch(/\\"d\\"/);
    },
    START_TIMEOUT_MS,
  );

  it(
    'stops the start if TENANT_KEYS_SECRET is wrong, in one line that names it',
    async () => {
      const database = open();
      await prepareDatabase(database, await config());
      const starting = prepareDatabase(database, await config({ tenantKeysSecret: 'u'.repeat(32) }));
      await expect(starting).rejects.toThrow(/^TENANT_KEYS_SECRET does not match .*$/);
      await expect(starting).rejects.toBeInstanceOf(StartError);
    },
    START_TIMEOUT_MS,
  );

  it(
    'allows only one key in use per tenant, whichever process writes it',
    async () => {
      const database = open();
      await prepareDatabase(database, await config());
      const [key] = await database.select().from(signingKeys);
      const insert = database.insert(signingKeys).values({ ...key!, kid: 'another' });
      await expect(insert).rejects.toMatchObject({ cause: { constraint: 'signing_keys_in_use' } });
    },
    START_TIMEOUT_MS,
  );
});
