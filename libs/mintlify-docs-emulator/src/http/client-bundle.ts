import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reply } from './reply.js';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

// From src/http and from dist/http alike, the bundle is where the build puts it.
const DIRECTORY = fileURLToPath(new URL('../../dist/client/', import.meta.url));

/**
 * Reads the client bundle, the part of the emulator that runs in the browser, into memory.
 *
 * @param directory where the build put it.
 * @throws Error when it has not been built, with the command that does it.
 * @example
 * const client = await readClientBundle();
 * client.get('client.js')?.type; // 'text/javascript; charset=utf-8'
 */
export async function readClientBundle(directory = DIRECTORY): Promise<Map<string, Reply>> {
  try {
    const names = (await readdir(directory)).filter((name) => extname(name) in TYPES);
    const replies = await Promise.all(names.map((name) => readReply(directory, name)));
    const bundle = new Map(replies);
    if (!bundle.has('client.js')) throw new Error('client.js is missing');
    // Compiled pages import it without its ending.
    bundle.set('jsx-runtime', bundle.get('jsx-runtime.js')!);
    return bundle;
  } catch (cause) {
    throw new Error(
      'The docs emulator\'s client bundle is not built: run "npm run build -w mintlify-docs-emulator".',
      { cause },
    );
  }
}

async function readReply(directory: string, name: string): Promise<[string, Reply]> {
  const body = await readFile(join(directory, name));
  return [name, { status: 200, type: TYPES[extname(name)] ?? 'application/octet-stream', body }];
}
