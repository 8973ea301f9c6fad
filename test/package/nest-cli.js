import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appFiles, STRICT } from './app.files.js';
import { logIn, makeKey, SECRET, withServer } from './apps.js';
import { runWell } from './processes.js';

const BUILDERS = {
  tsc: { options: ['--builder', 'tsc'] },
  SWC: { options: ['--builder', 'swc', '--type-check'] },
  // Of CommonJS apps alone, says the CLI.
  webpack: { options: ['--webpack'], isCommonJs: true },
};

const FORMATS = {
  cjs: { module: 'commonjs', moduleResolution: 'node10' },
  esm: { module: 'nodenext', moduleResolution: 'nodenext' },
};

/** Each way of `nest build`, with each kind of app that it supports: `{ format, builder }`. */
export const NEST_BUILDS = Object.keys(FORMATS).flatMap((format) =>
  Object.entries(BUILDERS)
    .filter(([, { isCommonJs }]) => isCommonJs !== true || format === 'cjs')
    .map(([builder]) => ({ format, builder })),
);

/** Settings of SWC that an ES module needs: the CLI's own write CommonJS. */
const SWC_ESM = {
  module: { type: 'nodenext' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

/** Installs Nest's CLI and what its builders need. */
export async function installNestCli(project, major) {
  const cli = [`@nestjs/cli@^${major}.0.0`, `@nestjs/schematics@^${major}.0.0`];
  const swc = [`@swc/cli@${major === '11' ? '^0.7.0' : '^0.8.0'}`, '@swc/core'];
  const webpack = [
    'webpack@^5',
    'webpack-node-externals',
    'ts-loader',
    'tsconfig-paths-webpack-plugin',
    'fork-ts-checker-webpack-plugin',
  ];
  const options = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await runWell('npm', ['install', ...options, ...cli, ...swc, ...webpack], { cwd: project });
}

/** Builds the README's app with `nest build`, which checks its types, starts it, and logs a visitor in. */
export async function tryNestBuild(project, { format, builder }) {
  const { options } = BUILDERS[builder];
  const app = join(project, `nest-build-${format}-${builder}`);
  const files = appFiles({ format, platform: 'express' });
  const compilerOptions = { ...STRICT, ...FORMATS[format], skipLibCheck: true };
  // TypeScript 6 warns of node10, and TypeScript 5 does not know that warning.
  if (format === 'cjs' && project.endsWith('-12')) compilerOptions.ignoreDeprecations = '6.0';
  files.set('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
  files.set('nest-cli.json', JSON.stringify({ collection: '@nestjs/schematics', sourceRoot: 'src' }));
  if (builder === 'SWC' && format === 'esm') files.set('.swcrc', JSON.stringify(SWC_ESM));
  for (const [path, text] of files) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    // Apps that are CommonJS import without the extension.
    await writeFile(
      join(app, path),
      format === 'cjs' ? text.replaceAll(/(from '\.[^']+)\.js'/g, "$1'") : text,
    );
  }
  // webpack leaves out of the bundle what it finds there.
  await symlink(join(project, 'node_modules'), join(app, 'node_modules'));
  await runWell('npx', ['--no-install', 'nest', 'build', ...options], { cwd: app });
  // With `rootDir` in tsconfig.json, version 11 of the CLI has SWC keep `src` in the paths.
  const main = existsSync(join(app, 'dist/main.js')) ? 'dist/main.js' : 'dist/src/main.js';
  const key = await makeKey(app);
  const environment = { MINTLIFY_PRIVATE_KEY: key, JWT_SECRET: SECRET };
  await withServer(app, environment, (origin) => logIn(origin, key), main);
}
