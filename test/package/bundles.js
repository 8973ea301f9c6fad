import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { logIn, SECRET, withServer } from './apps.js';
import { PackageFault, run, runWell } from './processes.js';

/** What a Nest app leaves out of a bundle, since it does not use it: no package of the library's is among them. */
const LEFT_OUT = [
  '@nestjs/microservices',
  '@nestjs/microservices/microservices-module',
  '@nestjs/microservices/microservices-module.js',
  '@nestjs/websockets/socket-module',
  '@nestjs/websockets/socket-module.js',
  'class-transformer/storage',
];

/** Nest's own recipe for serverless: no externals, and what is not installed is ignored. */
const WEBPACK = (entry, path) => `const webpack = require('webpack');
const leftOut = ${JSON.stringify(LEFT_OUT)};
const isMissing = (resource) => {
  try { require.resolve(resource); return false; } catch { return true; }
};
const options = {
  mode: 'none', target: 'node', entry: ${JSON.stringify(entry)}, externals: [], optimization: { nodeEnv: false },
  output: { path: ${JSON.stringify(path)}, filename: 'main.js', libraryTarget: 'commonjs2' },
  plugins: [new webpack.IgnorePlugin({ checkResource: (resource) => leftOut.includes(resource) && isMissing(resource) })],
};
webpack(options, (error, stats) => {
  if (error || stats.hasErrors()) console.error(error ?? stats.toString({ all: false, errors: true }));
  process.exitCode = error || stats.hasErrors() ? 1 : 0;
});`;

/** Each makes one file of an app: the command, from the app's folder and the bundle's. */
const BUNDLERS = {
  'esbuild, ESM': { format: 'esm', command: (entry, output) => esbuild('esm', entry, output) },
  'esbuild, CommonJS': { format: 'cjs', command: (entry, output) => esbuild('cjs', entry, output) },
  webpack: {
    format: 'cjs',
    async command(entry, output, project) {
      const script = join(project, 'webpack.build.cjs');
      await writeFile(script, WEBPACK(entry, output));
      return [process.execPath, [script]];
    },
  },
  Bun: {
    format: 'esm',
    command: (entry, output, project) => [
      findBun(project),
      [
        'build',
        entry,
        '--target=node',
        '--minify',
        '--keep-names',
        `--outdir=${output}`,
        ...LEFT_OUT.flatMap((name) => ['--external', name]),
      ],
    ],
  },
};

export const BUNDLER_NAMES = Object.keys(BUNDLERS);

/** Installs the bundlers that the repository does not have. */
export async function installBundlers(project) {
  const packages = ['webpack@^5', 'bun@^1'];
  await runWell(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', ...packages],
    { cwd: project },
  );
}

/** Bundles an app that has been built, starts the bundle alone, and logs a visitor in. */
export async function tryBundle(project, name) {
  const { format, command } = BUNDLERS[name];
  const app = join(project, `${format}-express`);
  const bundle = join(project, `bundle-${BUNDLER_NAMES.indexOf(name)}`);
  const output = join(bundle, 'dist');
  await mkdir(output, { recursive: true });
  const type = format === 'esm' ? 'module' : 'commonjs';
  await writeFile(join(bundle, 'package.json'), JSON.stringify({ private: true, type }));
  const [program, args] = await command(join(app, 'dist/main.js'), output, project);
  const { code, stdout, stderr } = await run(program, args, { cwd: project });
  if (code !== 0) throw new PackageFault(`${name} ended with ${code}:\n${stdout}${stderr}`);
  const key = await readFile(join(app, 'docs.pem'), 'utf8');
  const environment = { MINTLIFY_PRIVATE_KEY: key, JWT_SECRET: SECRET };
  await withServer(bundle, environment, (origin) => logIn(origin, key));
}

function esbuild(format, entry, output) {
  // Express is CommonJS: in an ES module it needs a `require`.
  const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  return [
    resolve('node_modules/.bin/esbuild'),
    [
      entry,
      '--bundle',
      '--minify',
      '--keep-names',
      '--platform=node',
      '--target=node20',
      `--format=${format}`,
      `--outfile=${join(output, 'main.js')}`,
      ...(format === 'esm' ? [`--banner:js=${banner}`] : []),
      ...LEFT_OUT.map((name) => `--external:${name}`),
    ],
  ];
}

/** The program itself: the package's script, which would put it in its place, is not run. */
function findBun(project) {
  const { resolve: find } = createRequire(join(project, 'package.json'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'arm64' ? 'aarch64' : process.arch;
  return find(`@oven/bun-${platform}-${arch}/bin/bun`);
}
