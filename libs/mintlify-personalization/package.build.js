import { cp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

/**
 * Makes the package of what `tsc` wrote to dist/.compiled: one file of code and one of declarations for each import
 * path, and what several of them need in dist/shared. It loads three times as fast as some 180 modules, and has the
 * declarations of what can be imported alone. Classes keep their names, for Nest's messages and for OpenAPI; the names of
 * functions are in the source maps.
 */
const root = import.meta.dirname;
const output = join(root, 'dist');
const compiled = join(output, '.compiled');

/** Import path → module. */
const IMPORT_PATHS = {
  index: 'index',
  'aws-kms': 'signers/aws-kms-token-signer',
  'vault-transit': 'signers/vault-transit-token-signer',
  pkcs11: 'signers/pkcs11-token-signer',
  terminus: 'health/mintlify-health-indicator',
  testing: 'testing/index',
  'testing/jest': 'testing/jest',
  visitors: 'visitors/index',
  'playground-keys': 'key-issuers/index',
  discovery: 'discovery/index',
};

/** What browsers load, as it is: one file without imports. */
const BROWSER_PATHS = { browser: 'browser/index' };

/** What is started, and not imported. */
const PROGRAMS = {
  'schematics/nest-add': 'schematics/nest-add',
  'schematics/claim-mapper': 'schematics/claim-mapper',
};

function locate(modules, extension) {
  return Object.fromEntries(
    Object.entries(modules).map(([name, module]) => [name, join(compiled, `${module}${extension}`)]),
  );
}

/** As `keepNames` of esbuild, for classes alone: the names of all functions would take a tenth of the package. */
const classNames = {
  name: 'class-names',
  setup({ onLoad }) {
    onLoad({ filter: /\.compiled.*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const named = code.replaceAll(
        /\bclass (\w+)(?: extends [^{]+)? \{$/gm,
        (head, name) => `${head} static { nameClass(this, "${name}"); }`,
      );
      return { contents: named, resolveDir: dirname(path) };
    });
  },
};

await build({
  absWorkingDir: root,
  plugins: [classNames],
  inject: [join(root, 'class-names.js')],
  entryPoints: locate({ ...IMPORT_PATHS, ...PROGRAMS }, '.js'),
  outdir: output,
  chunkNames: 'shared/[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  // `paths` of the workspace's tsconfig.json would make a file of it.
  external: ['mintlify-docs-emulator/reader'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  // Lines and names of the sources, and not the sources themselves: they are half a megabyte.
  sourcesContent: false,
  legalComments: 'none',
  minify: true,
  lineLimit: 120,
  // What decorators compile to, once for all modules; nothing to install.
  alias: { tslib: fileURLToPath(import.meta.resolve('tslib/tslib.es6.mjs')) },
});

await build({
  absWorkingDir: root,
  entryPoints: locate(BROWSER_PATHS, '.js'),
  outdir: output,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2020',
  legalComments: 'none',
  minify: true,
});

const declarations = await rollup({
  input: locate({ ...IMPORT_PATHS, ...BROWSER_PATHS }, '.d.ts'),
  external: [/^[^./]/],
  plugins: [dts()],
  onwarn(warning) {
    // Types of the services' private members: no one can name them.
    if (!warning.message.includes('private shared type exports')) throw new Error(warning.message);
  },
});
await declarations.write({ dir: output, chunkFileNames: 'shared/[hash].d.ts', hashCharacters: 'base36' });

for (const file of ['collection.json', 'nest-add.schema.json', 'claim-mapper.schema.json']) {
  await cp(join(root, 'src/schematics', file), join(output, 'schematics', file));
}
await rm(compiled, { recursive: true });
