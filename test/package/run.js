import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installProject, tryApp, tryCommandAlone, tryCommands } from './apps.js';
import { BUNDLER_NAMES, installBundlers, tryBundle } from './bundles.js';
import { CHECKS, compileChecks, runCheck } from './checks.js';
import { SETTING_NAMES, trySetting } from './compilers.js';
import { checkLoaded, checkWithoutPeers, checkWithPeers } from './exports.js';
import { tryNestAdd } from './generated.js';
import { tryWithoutPassport } from './passport.js';
import { runWell } from './processes.js';
import { MANAGER_NAMES, tryJest } from './jest.js';
import { installNestCli, NEST_BUILDS, tryNestBuild } from './nest-cli.js';
import { Steps } from './steps.js';
import { checkBrowserFile, checkContents, checkTypes, LIBRARY, lint, measure, packAll } from './tarballs.js';

/**
 * `npm run test:package` packs all packages, installs them into empty projects of each supported version of Nest, and
 * follows the README there, on both platforms, as ESM and as CommonJS. It also checks that Nest and `@nestjs/swagger` have
 * the internals that the library relies on. It needs the npm registry. `npm run test:package -- 12` tests only one version.
 */
const asked = process.argv.slice(2);
const MAJORS = asked.length > 0 ? asked : ['11', '12'];
const PLATFORMS = ['express', 'fastify'];
const APPS = ['esm', 'cjs'].flatMap((format) => PLATFORMS.map((platform) => ({ format, platform })));

const steps = new Steps();
const step = (name, task) => steps.run(name, task);

const directory = await mkdtemp(join(tmpdir(), 'package-'));
try {
  const packages = await packAll(directory);
  for (const one of packages) {
    await step(`${one.name}: what is in it`, () => checkContents(one));
    await step(`${one.name}: size`, () => measure(one));
    if (one.name === LIBRARY) await step(`${one.name}: what browsers load`, () => checkBrowserFile(one));
    await step(`${one.name}: publint`, () => lint(one));
    await step(`${one.name}: are the types wrong`, () => checkTypes(one));
  }
  await step('knip: no dependency unused or undeclared', async () => {
    await runWell('npx', ['--no-install', 'knip', '--dependencies']);
  });
  const tarballs = new Map(packages.map(({ name, file }) => [name, file]));
  // Mostly waits for installs: side by side, each in folders of its own.
  await Promise.all(MAJORS.map((major) => tryMajor(major, tarballs)));
  for (const manager of MANAGER_NAMES) {
    await step(`Nest 11, Jest in a CommonJS app by ${manager}`, () => tryJest(directory, tarballs, manager));
  }
  await step('the command where nothing is installed', () => tryCommandAlone(directory, tarballs));
  await step('nest add, and nest g claim-mapper, in a new app', () => tryNestAdd(directory, tarballs));
} finally {
  await rm(directory, { recursive: true, force: true });
}
steps.finish();

/** Everything that is tried once for each major version of Nest. */
async function tryMajor(major, tarballs) {
  let project;
  const isInstalled = await step(`Nest ${major}: npm install`, async () => {
    project = await installProject(directory, major, tarballs);
  });
  if (!isInstalled) return;
  for (const app of APPS) {
    await step(`Nest ${major}, ${app.format}, ${app.platform}: types, boot, login`, () =>
      tryApp(project, app),
    );
  }
  if (await step(`Nest ${major}: npm install of bundlers`, () => installBundlers(project))) {
    for (const name of BUNDLER_NAMES) {
      await step(`Nest ${major}, bundled by ${name}: boot, login`, () => tryBundle(project, name));
    }
  }
  await step(`Nest ${major}: an app without passport`, () => tryWithoutPassport(directory, major, tarballs));
  if (await step(`Nest ${major}: npm install of Nest's CLI`, () => installNestCli(project, major))) {
    for (const build of NEST_BUILDS) {
      await step(`Nest ${major}, ${build.format}, nest build with ${build.builder}: boot, login`, () =>
        tryNestBuild(project, build),
      );
    }
  }
  await step(`Nest ${major}: the manual's commands`, () => tryCommands(project));
  await step(`Nest ${major}: what an app loads that starts`, () => checkLoaded(project));
  const isCompiled = await step(`Nest ${major}: checks of internals, types`, () => compileChecks(project));
  for (const check of isCompiled ? CHECKS : []) {
    for (const platform of PLATFORMS) {
      await step(`Nest ${major}, ${platform}: check of internals, ${check}`, () =>
        runCheck(project, check, platform),
      );
    }
  }
  await step(`Nest ${major}: subpaths without their packages`, () => checkWithoutPeers(project));
  await step(`Nest ${major}: subpaths with them`, () => checkWithPeers(project));
  // Now that all that the subpaths need is installed.
  for (const name of major === '11' ? SETTING_NAMES : ['commonjs, node10', 'preserve, bundler']) {
    await step(`Nest ${major}, module ${name}: types, boot, login`, () => trySetting(project, name));
  }
}
