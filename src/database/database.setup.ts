import { StartError } from '../config/start.error.js';
import type { Database } from './database.connection.js';
import { seedDemo } from './database.seed.js';
import { createTables } from './database.tables.js';

/**
 * Makes the tables and the demo rows that are missing.
 *
 * @throws {StartError} when the database cannot be reached or used
 */
export async function prepareDatabase(database: Database): Promise<void> {
  try {
    await createTables(database);
    await seedDemo(database);
  } catch (error) {
    throw new StartError(
      `The database cannot be used (${reason(error)}). Check that the Postgres server of DATABASE_URL runs and that ` +
        'its user may create tables, or unset DATABASE_URL for the embedded one.',
      { cause: error },
    );
  }
}

/** The innermost code or message: the outer ones repeat the query with its parameters, which hold hashes. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.cause !== undefined) return reason(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
