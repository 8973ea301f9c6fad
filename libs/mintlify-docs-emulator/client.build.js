import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Builds the browser code into dist/client.
 *
 * - `initial-fragment`, `callback-token` and `oauth-callback-parameters` run first and import next to nothing.
 * - `client` shares its copy of React with the compiled pages, which import `react`, `jsx-runtime` and `page-runtime`.
 * - `login` and `callback` are the pages of a login to private docs; `oauth-callback` is the one of OAuth.
 */
const root = import.meta.dirname;
const directory = join(root, 'dist', 'client');
const client = join(root, 'src', 'client');

/** Parts of Mintlify's components that the emulator replaces or doesn't support: many megabytes. */
const UNUSED =
  /@mintlify[\\/]components[\\/]dist[\\/](?:components[\\/](?:code-block|code-group|mermaid|search)[\\/].*|utils[\\/]shiki[\\/](?:index|lib|worker|worker-client))\.js$/;

const ICON = /@mintlify[\\/]components[\\/]dist[\\/]components[\\/]icon[\\/]icon\.js$/;
/** Marks the plugin's own question. */
const RESOLVED = Symbol('resolved');
const ICON_HOST = /"https:\/\/\w+\.cloudfront\.net"/;

/** @type {import('esbuild').Plugin} */
const mintlifyComponents = {
  name: 'mintlify-components',
  setup(bundle) {
    // The code that remains never uses these imports.
    bundle.onLoad({ filter: UNUSED }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
    // The icons of all components have the default library of the site: see mintlify-icon.tsx.
    bundle.onLoad({ filter: ICON, namespace: 'file' }, () => ({
      contents: `export { Icon } from ${JSON.stringify(join(client, 'components', 'mintlify-icon.tsx'))};`,
      loader: 'js',
    }));
    bundle.onResolve({ filter: /^@mintlify\/components$/ }, async ({ importer, resolveDir, pluginData }) => {
      if (!importer.endsWith('original-icon.ts') || pluginData === RESOLVED) return undefined;
      const { path } = await bundle.resolve('@mintlify/components', {
        kind: 'import-statement',
        importer,
        resolveDir,
        pluginData: RESOLVED,
      });
      return { path: join(dirname(path), 'components', 'icon', 'icon.js'), namespace: 'original' };
    });
    bundle.onLoad({ filter: ICON, namespace: 'original' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'js',
      resolveDir: dirname(path),
    }));
    // Icons come from the emulator, whose icons are beside the client bundle, and not from Mintlify's host.
    bundle.onLoad(
      { filter: /@mintlify[\\/]components[\\/]dist[\\/]constants[\\/]index\.js$/ },
      async ({ path }) => {
        const written = await readFile(path, 'utf8');
        const contents = written.replace(ICON_HOST, 'new URL("../icons", import.meta.url).href');
        if (contents === written) throw new Error('The components have no host of icons.');
        return { contents, loader: 'js' };
      },
    );
    // Without this, Mintlify's CSS reset overrides the emulator's styles: lists lose bullets, headings look like text.
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
  throw new Error(`The layer ${name} is not closed.`);
}

const result = await build({
  entryPoints: {
    'initial-fragment': join(client, 'initial-fragment.ts'),
    callback: join(client, 'callback.ts'),
    'callback-token': join(client, 'callback-token.ts'),
    client: join(client, 'client.tsx'),
    login: join(client, 'login.ts'),
    'oauth-callback': join(client, 'oauth-callback.ts'),
    'oauth-callback-parameters': join(client, 'oauth-callback-parameters.ts'),
    'jsx-runtime': join(client, 'jsx-runtime.ts'),
    'page-runtime': join(client, 'page-runtime.tsx'),
    react: join(client, 'react.ts'),
    'site-fault': join(client, 'site-fault.ts'),
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

/** What pages use of a browser, for those that are rendered without one: it does nothing, and never throws. */
const NO_BROWSER = `
const nothing = new Proxy(function () {}, {
  get: (_, key) => {
    if (key === Symbol.toPrimitive) return () => '{}';
    if (key === Symbol.iterator) return function* () {};
    return key === 'then' || typeof key === 'symbol' ? undefined : nothing;
  },
  has: () => true,
  apply: () => nothing,
  construct: () => nothing,
});
globalThis.window = globalThis.self = globalThis;
for (const name of ('document location navigator history localStorage sessionStorage screen performance crypto console ' +
  'addEventListener removeEventListener dispatchEvent matchMedia getComputedStyle requestAnimationFrame cancelAnimationFrame ' +
  'setTimeout clearTimeout setInterval clearInterval queueMicrotask fetch URL URLSearchParams TextEncoder TextDecoder ' +
  'AbortController Headers Request Response FormData Blob Event CustomEvent Node Element HTMLElement Image CSS ' +
  'customElements IntersectionObserver ResizeObserver MutationObserver MessageChannel structuredClone atob btoa').split(' ')) {
  globalThis[name] = nothing;
}`;

await build({
  entryPoints: { 'renderer-script': join(client, 'renderer-script.ts') },
  outdir: join(root, 'dist', 'render'),
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  jsx: 'automatic',
  banner: { js: NO_BROWSER },
  define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': '"http://docs.invalid/"' },
  legalComments: 'linked',
  plugins: [
    mintlifyComponents,
    {
      name: 'react-without-streams',
      setup(bundle) {
        bundle.onResolve({ filter: /^react-dom\/server$/ }, ({ resolveDir }) =>
          bundle
            .resolve('react-dom/server.browser', { resolveDir, kind: 'require-call' })
            .then(({ path }) => ({
              path: join(dirname(path), 'cjs', 'react-dom-server-legacy.browser.production.js'),
            })),
        );
        // Libraries that are loaded when a page has use of them.
        bundle.onResolve({ filter: /.*/ }, ({ kind, path }) =>
          kind === 'dynamic-import' ? { path, external: true } : undefined,
        );
      },
    },
  ],
  logLevel: 'warning',
});

// Old files are removed last, so that a running emulator never finds the folder empty.
const built = new Set(Object.keys(result.metafile.outputs).map((path) => path.split('/').at(-1)));
for (const name of await readdir(directory)) {
  if (!built.has(name)) await rm(join(directory, name));
}
