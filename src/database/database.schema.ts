import { pgTable, text } from 'drizzle-orm/pg-core';

/** The customers of Acme Cloud. */
export const tenants = pgTable('tenants', {
  id: text().primaryKey(),
  company: text().notNull(),
  plan: text().notNull(),
});

/** The people who log in, each of one tenant. `email` is lower case. */
export const accounts = pgTable('accounts', {
  id: text().primaryKey(),
  tenantId: text('tenant_id')
    .notNull()
    .references(() => tenants.id),
  email: text().notNull().unique(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  groups: text().array().notNull(),
  passwordHash: text('password_hash').notNull(),
});
