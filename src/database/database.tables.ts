import { sql } from 'drizzle-orm';
import type { Database } from './database.connection.js';

/** Any number, the same in every process of this backend: the lock under which tables are made. */
const SCHEMA_LOCK = 7_264_001;

const STATEMENTS = [
  sql`create table if not exists tenants (
    id text primary key,
    company text not null,
    plan text not null
  )`,
  sql`create table if not exists accounts (
    id text primary key,
    tenant_id text not null references tenants (id),
    email text not null unique,
    first_name text not null,
    last_name text not null,
    groups text[] not null,
    password_hash text not null
  )`,
];

/** Makes the tables of `database.schema.ts` where they are missing. Safe when several processes start at once. */
export async function createTables(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`);
    for (const statement of STATEMENTS) await transaction.execute(statement);
  });
}
