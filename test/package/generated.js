import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { logIn, SECRET, withServer } from './apps.js';
import { PackageFault, runWell } from './processes.js';
import { readFiles } from './readme.js';

const PACKAGE = 'nestjs-mintlify-personalization';
const COMMAND = 'mintlify-personalization';

/** What a passport strategy needs, as the quickstart installs it. */
const PASSPORT = ['@nestjs/passport', 'passport', 'passport-jwt', '@types/passport-jwt'];

/**
 * `nest add` on a new app of Nest's CLI: it compiles, passes its tests, boots, and logs a visitor in. Since `nest add`
 * cannot install from a tarball, the package is installed first, and its schematic is run here.
 */
export async function tryNestAdd(directory, tarballs) {
  const app = join(directory, 'generated');
  const nest = resolve('node_modules/.bin/nest');
  await runWell(nest, ['new', 'generated', '--skip-install', '--skip-git', '-p', 'npm'], { cwd: directory });
  const npmOptions = ['--no-audit', '--no-fund', '--prefer-offline'];
  await runWell('npm', ['install', ...npmOptions, tarballs.get(PACKAGE), tarballs.get(COMMAND)], {
    cwd: app,
  });
  await runWell('npx', ['--no-install', 'schematics', `${PACKAGE}:nest-add`], { cwd: app });
  await addStrategy(app);
  await runWell('npm', ['install', ...npmOptions, ...PASSPORT], { cwd: app });
  await buildAndTest(app, 2);
  await runWell('npx', ['--no-install', 'mintlify-personalization', 'keygen', '--out', 'docs.pem'], {
    cwd: app,
  });
  const key = await readFile(join(app, 'docs.pem'), 'utf8');
  const environment = {
    MINTLIFY_PRIVATE_KEY: key,
    JWT_SECRET: SECRET,
    DOCS_URL: 'https://docs.foo.com',
    DOCS_LOGIN_PAGE: 'https://foo.com/login',
  };
  await withServer(app, environment, (origin) => logIn(origin, key));
  await runWell('npx', ['--no-install', 'nest', 'g', '-c', PACKAGE, 'claim-mapper', 'acme'], { cwd: app });
  await buildAndTest(app, 3);
  await withServer(app, environment, async (origin) => {
    await logIn(origin, key);
    await logIn(origin, key, { tenantId: 'acme' });
  });
}

/** @param specs the number of specs: that of Nest and those of the mappers */
async function buildAndTest(app, specs) {
  await runWell('npm', ['run', 'build'], { cwd: app });
  const tests = await runWell('npm', ['test'], { cwd: app, env: { NO_COLOR: '1', FORCE_COLOR: '0' } });
  if (!new RegExp(`\\b${specs} passed`).test(tests))
    throw new PackageFault(`Not ${specs} specs passed:\n${tests}`);
}

/** The strategy named 'jwt' of the host app, as in the README. */
async function addStrategy(app) {
  const { code } = readFiles().find(({ path }) => path.endsWith('auth.module.ts'));
  await mkdir(join(app, 'src/auth'));
  await writeFile(join(app, 'src/auth/auth.module.ts'), code);
  const file = join(app, 'src/app.module.ts');
  const text = await readFile(file, 'utf8');
  const changed = `import { AuthModule } from './auth/auth.module.js';\n${text.replace('imports: [', 'imports: [AuthModule, ')}`;
  await writeFile(file, changed);
}
