import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageFault, run, runWell } from './processes.js';

const LIBRARY = 'nestjs-mintlify-personalization';

/** The optional packages that each subpath needs, and its error message without them. */
const NEEDED = {
  './aws-kms': {
    packages: ['@aws-sdk/client-kms', 'cockatiel'],
    make: 'createAwsKmsTokenSigner',
    options: { kmsKeyId: 'k' },
  },
  './vault-transit': {
    packages: ['cockatiel'],
    make: 'createVaultTransitTokenSigner',
    options: { address: 'https://vault.foo.com', token: 't', keyName: 'k' },
  },
  './pkcs11': {
    packages: ['pkcs11js', 'cockatiel'],
    make: 'createPkcs11TokenSigner',
    options: { libraryPath: '/nowhere.so', tokenLabel: 't', pin: '1', keyLabel: 'k' },
  },
  './terminus': { packages: ['@nestjs/terminus'] },
  './testing/jest': { packages: ['@jest/globals'], isForJest: true },
};

const importing = (subpath) => `await import(${JSON.stringify(subpath.replace(/^\./, LIBRARY))})`;
const evaluate = (code, cwd, nodeOptions = []) =>
  run(
    process.execPath,
    ['--import', 'reflect-metadata', ...nodeOptions, '--input-type=module', '--eval', code],
    {
      cwd,
    },
  );

async function readSubpaths(project) {
  const manifest = await readFile(join(project, 'node_modules', LIBRARY, 'package.json'), 'utf8');
  return Object.keys(JSON.parse(manifest).exports).filter((subpath) => subpath !== './package.json');
}

/** Without the optional packages, each subpath names the one that it needs. */
export async function checkWithoutPeers(project) {
  for (const subpath of await readSubpaths(project)) {
    const { packages = [], make, options } = NEEDED[subpath] ?? {};
    const call =
      make === undefined ? '' : `const { ${make} } = library; await ${make}(${JSON.stringify(options)});`;
    const { code, stderr } = await evaluate(`const library = ${importing(subpath)}; ${call}`, project);
    if (packages.length === 0) {
      if (code !== 0) throw new PackageFault(`${subpath} cannot be imported:\n${stderr}`);
    } else if (code === 0 || !packages.some((name) => stderr.includes(name))) {
      throw new PackageFault(
        `${subpath} without ${packages.join(', ')} does not say what to install:\n${stderr}`,
      );
    }
  }
}

/** An app with the library and without the packages of single features. */
const START = `
  const { MintlifyPersonalizationModule } = ${importing('.')};
  const { NestFactory } = await import('@nestjs/core');
  class AppModule {}
  class EmptyMapper { map() { return {}; } }
  const options = { docsUrl: 'https://docs.foo.com', claimMapper: EmptyMapper, handshakes: { jwt: false } };
  const imports = [MintlifyPersonalizationModule.forRoot(options)];
  const app = await NestFactory.createApplicationContext({ module: AppModule, imports }, { abortOnError: false, logger: false });
  await app.close();
`;

/**
 * At start, an app loads no SDK of a key service, nor another package of a single feature. `@nestjs/swagger` is installed
 * here, but must not be loaded.
 */
export async function checkLoaded(project) {
  const hook =
    'export async function load(url, context, next) { process.stderr.write(`${url}\\n`); return next(url, context); }';
  const register = `import { register } from 'node:module'; register('data:text/javascript,${encodeURIComponent(hook)}');`;
  const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(register)}`];
  const { code, stderr } = await evaluate(START, project, nodeOptions);
  if (code !== 0 || !stderr.includes(`${LIBRARY}/dist/index.js`)) {
    throw new PackageFault(`The app did not start:\n${stderr}`);
  }
  const names = [
    '@aws-sdk',
    'pkcs11js',
    'cockatiel',
    'commander',
    'ajv',
    '@nestjs/swagger',
    '@nestjs/terminus',
    '@opentelemetry',
  ];
  const loaded = names.filter((name) => stderr.includes(`/node_modules/${name}`));
  if (loaded.length > 0) throw new PackageFault(`An app that starts loads ${loaded.join(', ')}.`);
}

/** With the optional packages, each subpath can be imported, and required from CommonJS. */
export async function checkWithPeers(project) {
  const subpaths = await readSubpaths(project);
  const wanted = subpaths.filter((subpath) => NEEDED[subpath]?.isForJest !== true);
  const packages = [...new Set(wanted.flatMap((subpath) => NEEDED[subpath]?.packages ?? []))];
  await runWell(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', ...packages],
    { cwd: project },
  );
  for (const subpath of wanted) {
    const name = subpath.replace(/^\./, LIBRARY);
    await runWell(
      process.execPath,
      ['--import', 'reflect-metadata', '--input-type=module', '--eval', importing(subpath)],
      { cwd: project },
    );
    await runWell(
      process.execPath,
      ['--eval', `require('reflect-metadata'); require(${JSON.stringify(name)})`],
      { cwd: project },
    );
  }
}
