import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { JWK } from 'jose';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import type { Region, Service } from '../services/service.js';

/** The customers of Acme Cloud, with their docs settings. */
export const tenants = pgTable('tenants', {
  id: text().primaryKey(),
  company: text().notNull(),
  plan: text().notNull(),
  /** The tenant's own docs site. If null: the docs site of this installation with that mode. */
  docsUrl: text('docs_url'),
  docsMode: text('docs_mode').$type<DocsMode>().notNull().default('personalization'),
});

/** The people who log in, each for one tenant. `email` is lowercase. */
export const accounts = pgTable('accounts', {
  id: text().primaryKey(),
  tenantId: text('tenant_id')
    .notNull()
    .references(() => tenants.id),
  email: text().notNull().unique(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  roles: text().array().notNull(),
  passwordHash: text('password_hash').notNull(),
});

/** The active sessions: see `SessionsRepository`. */
export const sessions = pgTable('sessions', {
  id: text().primaryKey(),
  accountId: text('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
});

/** The signing keys for docs tokens: per tenant at most one in use, and the retired ones. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    kid: text().primaryKey(),
    tenantId: text('tenant_id')
      .notNull()
      .references(() => tenants.id),
    /** The mode of the docs it signs for, which decides its key type. */
    mode: text().$type<DocsMode>().notNull(),
    publicKey: jsonb('public_key').$type<JWK>().notNull(),
    /** See `TenantKeyCipher`. Null once the key is retired. */
    sealedPrivateKey: text('sealed_private_key'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('signing_keys_in_use')
      .on(table.tenantId)
      .where(sql`${table.retiredAt} is null`),
  ],
);

/** The keys of Acme's API: see `ApiKeysRepository`. */
export const apiKeys = pgTable('api_keys', {
  id: text().primaryKey(),
  accountId: text('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** SHA-256 of the key, in hexadecimal. */
  hash: text().notNull().unique(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
});

/** What the tenants run on Acme Cloud. */
export const services = pgTable('services', {
  id: text().primaryKey(),
  tenantId: text('tenant_id')
    .notNull()
    .references(() => tenants.id),
  name: text().notNull(),
  region: text().$type<Region>().notNull(),
  status: text().$type<Service['status']>().notNull(),
});

/** How often something happened for a tenant within a minute: see `ActivityCount`. Kept for a day. */
export const activityCounts = pgTable(
  'activity_counts',
  {
    tenantId: text('tenant_id').notNull(),
    minute: timestamp({ withTimezone: true }).notNull(),
    name: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.minute, table.name] })],
);
