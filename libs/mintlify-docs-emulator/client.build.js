import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Builds the browser's part into dist/client. `arrival` and `callback.arrival` stand on their own and run first;
 * `client` shares its React with the compiled pages, which import `jsx-runtime` and `page-runtime`. `login` and
 * `callback` are the pages that a login to private docs goes through, `oauth-callback` the one of OAuth.
 */
const root = import.meta.dirname;
const directory = join(root, 'dist', 'client');
const client = join(root, 'src', 'client');

const result = await build({
  entryPoints: {
    arrival: join(client, 'arrival.ts'),
    callback: join(client, 'callback.ts'),
    'callback.arrival': join(client, 'callback.arrival.ts'),
    client: join(client, 'client.tsx'),
    login: join(client, 'login.ts'),
    'oauth-callback': join(client, 'oauth-callback.ts'),
    'oauth-callback.arrival': join(client, 'oauth-callback.arrival.ts'),
    'jsx-runtime': join(client, 'jsx-runtime.ts'),
    'page-runtime': join(client, 'page-runtime.tsx'),
    style: join(client, 'style.css'),
  },
  outdir: directory,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
});

// What an earlier build left is removed last, so that a running emulator never finds the folder empty.
const built = new Set(Object.keys(result.metafile.outputs).map((path) => path.split('/').at(-1)));
for (const name of await readdir(directory)) {
  if (!built.has(name)) await rm(join(directory, name));
}
