import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { createTables } from '../../src/database/create-tables.js';
import { openDatabase, type DatabaseConnection } from '../../src/database/database-connection.js';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { becomes } from '../support/becomes.support.js';
import { PostgresServer } from '../support/postgres.support.js';

jest.setTimeout(240_000);

let postgres: PostgresServer;
let connection: DatabaseConnection;
let other: Client;

beforeAll(async () => {
  const ports = await reservePorts([{ variable: 'POSTGRES', port: 0, host: '127.0.0.1' }]);
  postgres = await PostgresServer.start(ports.get('POSTGRES') ?? 0);
  connection = openDatabase(postgres.url);
  await createTables(connection.database);
  other = new Client({ connectionString: postgres.url });
  await other.connect();
});

afterAll(async () => {
  await other?.end();
  await connection?.close();
  await postgres?.close();
});

const waitsForLocks = async (): Promise<boolean> =>
  (await other.query('select from pg_locks where not granted')).rowCount !== 0;

it('tables are created again beside a transaction of another process, and neither is ended for a deadlock', async () => {
  await other.query('begin');
  // The statements for "tenants" come before those for "api_keys", which this transaction holds.
  await other.query(`lock table api_keys in row exclusive mode`);
  const created = createTables(connection.database);
  await becomes(waitsForLocks, true);
  await other.query(`insert into tenants (id, company, plan) values ('acme', 'Acme', 'enterprise')`);
  await other.query('commit');
  await created;
  expect((await other.query('select id from tenants')).rows).toEqual([{ id: 'acme' }]);
});
