import { readdir, readFile, rm } from 'node:fs/promises';
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

/** What Mintlify's components can do besides, and the emulator does by itself or not at all: many megabytes. */
const UNUSED =
  /@mintlify[\\/]components[\\/]dist[\\/](?:components[\\/](?:code-block|code-group|mermaid|search)[\\/].*|utils[\\/]shiki[\\/](?:index|lib|worker|worker-client))\.js$/;

/** @type {import('esbuild').Plugin} */
const mintlifyComponents = {
  name: 'mintlify-components',
  setup(bundle) {
    // What is imported from there, no code that is kept asks for.
    bundle.onLoad({ filter: UNUSED }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
    // Their icons come from elsewhere.
    bundle.onLoad(
      { filter: /@mintlify[\\/]components[\\/]dist[\\/]components[\\/]icon[\\/]icon\.js$/ },
      () => ({
        contents: `export { Icon } from ${JSON.stringify(join(client, 'components', 'mintlify.icon.tsx'))};`,
        loader: 'js',
      }),
    );
    // Their reset of all elements would undo the emulator's own: lists without bullets, headings like text.
    bundle.onLoad({ filter: /@mintlify[\\/]components[\\/]dist[\\/]styles\.css$/ }, async ({ path }) => ({
      contents: withoutLayer(await readFile(path, 'utf8'), 'base'),
      loader: 'css',
    }));
  },
};

function withoutLayer(css, name) {
  const start = css.indexOf(`@layer ${name}{`);
  if (start < 0) throw new Error(`The style sheet has no layer ${name}.`);
  let depth = 0;
  for (let at = css.indexOf('{', start); at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') depth -= 1;
    if (depth === 0) return css.slice(0, start) + css.slice(at + 1);
  }
  throw new Error(`The layer ${name} has no end.`);
}

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
  plugins: [mintlifyComponents],
  logLevel: 'warning',
});

// What an earlier build left is removed last, so that a running emulator never finds the folder empty.
const built = new Set(Object.keys(result.metafile.outputs).map((path) => path.split('/').at(-1)));
for (const name of await readdir(directory)) {
  if (!built.has(name)) await rm(join(directory, name));
}
