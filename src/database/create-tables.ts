import { sql } from 'drizzle-orm';
import type { Database } from './database-connection.js';

/** The id of the advisory lock for creating tables: any number, the same in every process of this backend. */
const SCHEMA_LOCK = 7_264_001;

/** Run in this order. Each statement is idempotent, so it upgrades the tables of any earlier version. */
const STATEMENTS = [
  sql`create table if not exists tenants (
    id text primary key,
    company text not null,
    plan text not null
  )`,
  sql`alter table tenants add column if not exists docs_url text`,
  sql`alter table tenants add column if not exists docs_mode text not null default 'personalization'
    check (docs_mode in ('personalization', 'authentication'))`,
  sql`create table if not exists accounts (
    id text primary key,
    tenant_id text not null references tenants (id),
    email text not null unique,
    first_name text not null,
    last_name text not null,
    roles text[] not null,
    password_hash text not null
  )`,
  // Earlier versions stored the docs groups of each account; now the tenant's claim mapper derives them from roles.
  sql`do $$ begin
    if exists (
      select from information_schema.columns
      where table_schema = current_schema() and table_name = 'accounts' and column_name = 'groups'
    ) then
      alter table accounts rename column groups to roles;
    end if;
  end $$`,
  sql`create table if not exists sessions (
    id text primary key,
    account_id text not null references accounts (id) on delete cascade,
    expires_at timestamptz not null
  )`,
  sql`create index if not exists sessions_expires_at on sessions (expires_at)`,
  sql`create table if not exists signing_keys (
    kid text primary key,
    tenant_id text not null references tenants (id),
    mode text not null check (mode in ('personalization', 'authentication')),
    public_key jsonb not null,
    sealed_private_key text,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    check (retired_at is not null or sealed_private_key is not null)
  )`,
  sql`create unique index if not exists signing_keys_in_use on signing_keys (tenant_id) where retired_at is null`,
  sql`create table if not exists api_keys (
    id text primary key,
    account_id text not null references accounts (id) on delete cascade,
    hash text not null unique,
    expires_at timestamptz not null
  )`,
  // Earlier versions kept one key for each account, which did not expire.
  sql`alter table api_keys drop constraint if exists api_keys_account_id_key`,
  sql`alter table api_keys add column if not exists expires_at timestamptz not null default now()`,
  sql`create index if not exists api_keys_expires_at on api_keys (expires_at)`,
  sql`create table if not exists services (
    id text primary key,
    tenant_id text not null references tenants (id),
    name text not null,
    region text not null,
    status text not null
  )`,
  sql`create index if not exists services_tenant on services (tenant_id)`,
  // Without a foreign key to tenants: a batch must not fail because one tenant was deleted in the meantime.
  sql`create table if not exists activity_counts (
    tenant_id text not null,
    minute timestamptz not null,
    name text not null,
    count integer not null,
    primary key (tenant_id, minute, name)
  )`,
  sql`create index if not exists activity_counts_minute on activity_counts (minute)`,
];

/**
 * Creates the missing tables of `database-schema.ts`. Safe if several processes start at once, also beside one that
 * serves requests: each statement is its own transaction, so it never holds one table while it waits for another.
 */
export async function createTables(database: Database): Promise<void> {
  for (const statement of STATEMENTS) {
    await database.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`);
      await transaction.execute(statement);
    });
  }
}
