import { PGlite } from '@electric-sql/pglite';
import { Logger } from '@nestjs/common';
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { Pool } from 'pg';

/** Runs queries, on the embedded Postgres or on a server. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** An open database that can be closed. */
export interface DatabaseConnection {
  database: Database;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens a Postgres server, or an embedded Postgres in memory if there is no URL. It connects with the first query.
 *
 * @param databaseUrl a `postgres://` URL
 */
export function openDatabase(databaseUrl: string | undefined): DatabaseConnection {
  return databaseUrl === undefined ? openEmbedded() : openServer(databaseUrl);
}

function openEmbedded(): DatabaseConnection {
  const client = new PGlite();
  return { database: overPglite({ client }), close: () => client.close() };
}

function openServer(connectionString: string): DatabaseConnection {
  const client = new Pool({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // The pool replaces a broken idle connection; without a listener, the error would end the process.
  client.on('error', (error) => new Logger('Database').warn(`Lost an idle connection: ${error.message}`));
  return { database: overPostgres({ client }), close: () => client.end() };
}
