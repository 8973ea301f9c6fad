import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Makes the program: one file, with what it takes of the library's pure functions. `commander` and `jose` stay outside;
 * anything else that it would load is an error, above all Nest.
 */
const root = import.meta.dirname;
const program = join(root, 'dist/main.js');

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile: program,
  bundle: true,
  packages: 'external',
  // `paths` of the workspace's tsconfig.json would make a file of it.
  external: ['mintlify-docs-emulator/reader'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  minify: true,
  keepNames: true,
  lineLimit: 120,
  metafile: true,
});

// `check-docs` loads the reader of the emulator on need, where that is installed.
const allowed = /^(node:.*|commander|jose|mintlify-docs-emulator\/reader)$/;
const others = Object.values(metafile.outputs)
  .flatMap(({ imports }) => imports)
  .map(({ path }) => path)
  .filter((path) => !allowed.test(path));
if (others.length > 0) throw new Error(`The command must not load ${others.join(', ')}.`);
await chmod(program, 0o755);
