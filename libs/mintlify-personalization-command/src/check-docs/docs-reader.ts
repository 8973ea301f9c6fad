import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Reader from 'mintlify-docs-emulator/reader';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal.js';

/**
 * Loads the reader of docs folders. It is a part of the docs emulator, which is installed beside this command, or in the
 * project.
 *
 * @throws CommandError if there is none
 */
export async function loadDocsReader({ directory }: Terminal): Promise<typeof Reader> {
  try {
    return await import('mintlify-docs-emulator/reader');
  } catch {
    return loadFrom(directory);
  }
}

async function loadFrom(directory: string): Promise<typeof Reader> {
  try {
    const path = createRequire(join(directory, 'package.json')).resolve('mintlify-docs-emulator/reader');
    return (await import(pathToFileURL(path).href)) as typeof Reader;
  } catch (cause) {
    throw new CommandError(
      'Docs folders are read by the package mintlify-docs-emulator, which is not installed. Install it: npm install --save-dev mintlify-docs-emulator',
      { cause },
    );
  }
}
