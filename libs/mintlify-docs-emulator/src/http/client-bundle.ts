import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reply } from './reply.js';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

// The same path works from src/http and from dist/http.
const DIRECTORY = fileURLToPath(new URL('../../dist/client/', import.meta.url));

/**
 * Reads the client bundle, the browser code of the emulator, into memory.
 *
 * @param directory the folder of the built files.
 * @throws Error when it has not been built, with the command to build it.
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
    // Compiled pages import it without its extension.
    bundle.set('jsx-runtime', bundle.get('jsx-runtime.js')!);
    return bundle;
  } catch (cause) {
    throw new Error(
      'The client bundle of the docs emulator is not built. Run "npm run build -w mintlify-docs-emulator".',
      { cause },
    );
  }
}

async function readReply(directory: string, name: string): Promise<[string, Reply]> {
  const body = await readFile(join(directory, name));
  return [name, { status: 200, type: TYPES[extname(name)] ?? 'application/octet-stream', body }];
}
