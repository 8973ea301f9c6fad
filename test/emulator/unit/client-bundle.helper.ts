import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGE = join(import.meta.dirname, '../../../libs/mintlify-docs-emulator');

/** Builds the browser's part when it is not there, so that a fresh clone can run the unit tests alone. */
export async function ensureClientBundle(): Promise<void> {
  if (existsSync(join(PACKAGE, 'dist/client/client.js'))) return;
  await promisify(execFile)(process.execPath, [join(PACKAGE, 'client.build.js')]);
}
