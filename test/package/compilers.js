import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appFiles, STRICT } from './app.files.js';
import { logIn, makeKey, SECRET, withServer } from './apps.js';
import { PackageFault, run, runWell } from './processes.js';
import { readModuleLines } from './readme.js';

/** `module` and `moduleResolution` of the tsconfig.json that apps have; the one that the other apps here do not have is started, too. */
const SETTINGS = {
  'commonjs, node10': { module: 'commonjs', moduleResolution: 'node10', isRun: true },
  node16: { module: 'node16', moduleResolution: 'node16', isEsm: true },
  node18: { module: 'node18', moduleResolution: 'node16', isEsm: true },
  node20: { module: 'node20', moduleResolution: 'node16', isEsm: true },
  'node16, CommonJS': { module: 'node16', moduleResolution: 'node16', isRefused: true },
  'node18, CommonJS': { module: 'node18', moduleResolution: 'node16', isRefused: true },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  'preserve, bundler': { module: 'preserve', moduleResolution: 'bundler' },
};

export const SETTING_NAMES = Object.keys(SETTINGS);

/** Imports every subpath, with a type or a function of each. */
const SUBPATHS = `export { createAwsKmsTokenSigner } from 'nestjs-mintlify-personalization/aws-kms';
export { createVaultTransitTokenSigner } from 'nestjs-mintlify-personalization/vault-transit';
export { createPkcs11TokenSigner } from 'nestjs-mintlify-personalization/pkcs11';
export { openDocs } from 'nestjs-mintlify-personalization/browser';
export { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';
`;

/** Type-checks and builds the README's app with one setting and every subpath, and logs in where the result runs. */
export async function trySetting(project, name) {
  const { module, moduleResolution, isEsm, isRun, isRefused } = SETTINGS[name];
  const app = join(project, `setting-${SETTING_NAMES.indexOf(name)}`);
  const files = appFiles({ format: isEsm ? 'esm' : 'cjs', platform: 'express' });
  const compilerOptions = { ...STRICT, module, moduleResolution };
  // TypeScript 6 warns of it, and TypeScript 5 does not know that warning.
  const isDeprecated = moduleResolution === 'node10' && project.endsWith('-12');
  if (isDeprecated) compilerOptions.ignoreDeprecations = '6.0';
  files.set('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
  files.set('src/subpaths.ts', SUBPATHS);
  for (const [path, text] of files) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    await writeFile(join(app, path), text);
  }
  const compile = ['--no-install', 'tsc', '-p', app];
  if (isRefused) {
    // These take no ES module into a CommonJS file, whatever a package does: with the manual's two lines it works.
    const { stdout } = await run('npx', compile, { cwd: project });
    if (!stdout.includes('TS1479')) throw new PackageFault(`TypeScript takes it now:\n${stdout}`);
    const text = JSON.stringify({ compilerOptions: { ...compilerOptions, ...readModuleLines() } });
    await writeFile(join(app, 'tsconfig.json'), text);
  }
  await runWell('npx', compile, { cwd: project });
  if (!isRun) return;
  const key = await makeKey(app);
  await withServer(app, { MINTLIFY_PRIVATE_KEY: key, JWT_SECRET: SECRET }, (origin) => logIn(origin, key));
}
