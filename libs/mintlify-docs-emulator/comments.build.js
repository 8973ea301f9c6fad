import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

/** Removes comments from what is packed: a quarter of it. Those of the public API stay in the type declarations. */
const directory = join(import.meta.dirname, 'dist');
/** Bundled, and small already. */
const BUNDLED = /^(?:client|render)[\\/]/;

for (const entry of await readdir(directory, { recursive: true })) {
  if (!entry.endsWith('.js') || BUNDLED.test(entry)) continue;
  const file = join(directory, entry);
  const { code } = await transform(await readFile(file, 'utf8'), { format: 'esm', legalComments: 'none' });
  await writeFile(file, code);
}
