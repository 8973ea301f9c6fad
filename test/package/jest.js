import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STRICT } from './app.files.js';
import { PackageFault, run, runWell } from './processes.js';
import { readJestLine, readPackages } from './readme.js';
import { LIBRARY } from './tarballs.js';

/** The package managers whose `node_modules` differ: each installs, and runs Jest. */
const MANAGERS = {
  npm: {
    install: ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'],
    exec: ['npx', '--no-install'],
  },
  pnpm: {
    install: ['npx', '--yes', 'pnpm@10', 'install', '--prefer-offline', '--ignore-scripts'],
    exec: ['npx', '--yes', 'pnpm@10', 'exec'],
  },
  'Yarn 1': {
    install: ['npx', '--yes', 'yarn@1', 'install', '--prefer-offline', '--ignore-scripts', '--no-lockfile'],
    exec: ['npx', '--yes', 'yarn@1', '--silent', 'run'],
  },
};

export const MANAGER_NAMES = Object.keys(MANAGERS);

/** What a CommonJS app has: Nest is CommonJS up to version 11. */
const PACKAGES = {
  '@nestjs/common': '^11.0.0',
  '@nestjs/core': '^11.0.0',
  '@nestjs/platform-express': '^11.0.0',
  '@nestjs/testing': '^11.0.0',
  '@types/jest': '^30.0.0',
  '@types/node': '^20.0.0',
  // Of the matchers: pnpm lets an app import what it names itself, and nothing else.
  '@jest/globals': '^30.0.0',
  jest: '^30.0.0',
  'reflect-metadata': '*',
  rxjs: '^7.0.0',
  'ts-jest': '^29.0.0',
  typescript: '~5.9.0',
};

const JEST_SPEC = `import { Test } from '@nestjs/testing';
import { MintlifyPersonalizationModule, MintlifySigningService } from 'nestjs-mintlify-personalization';
import { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';
import 'nestjs-mintlify-personalization/testing/jest';

const key = createTestSigningKey();

it('signs what the docs accept', async () => {
  const options = { docsUrl: 'https://docs.foo.com', signingKey: key.privateKey, handshakes: { jwt: false } as const };
  const imports = [MintlifyPersonalizationModule.forRoot(options)];
  const module = await Test.createTestingModule({ imports }).compile();
  const url = await module.get(MintlifySigningService).createRedirectUrl({ groups: ['a'] }, { redirect: '/x' });
  expect(url).toBeDocsRedirect('https://docs.foo.com/x');
  await expect(url).toIdentify({ groups: ['a'] }, { key });
});
`;

/** The tests of a CommonJS app, with the line that the manual tells its reader to add to Jest's settings. */
export async function tryJest(directory, tarballs, manager) {
  const { install, exec } = MANAGERS[manager];
  const app = join(directory, `jest-${MANAGER_NAMES.indexOf(manager)}`);
  await mkdir(join(app, 'src'), { recursive: true });
  const named = readPackages().map((name) => [name, name === '@nestjs/passport' ? '^11.0.0' : '*']);
  const dependencies = {
    ...PACKAGES,
    ...Object.fromEntries(named),
    [LIBRARY]: `file:${tarballs.get(LIBRARY)}`,
  };
  const compilerOptions = { ...STRICT, types: ['node', 'jest'], isolatedModules: true };
  const files = {
    'package.json': JSON.stringify({ name: 'app', version: '1.0.0', private: true, dependencies }),
    'tsconfig.json': JSON.stringify({ compilerOptions }),
    'jest.config.js': `module.exports = {
      rootDir: 'src', testRegex: String.raw\`\\.spec\\.ts$\`, transform: { '^.+\\\\.(t|j)s$': 'ts-jest' }, ${readJestLine()} };`,
    'src/docs.spec.ts': JEST_SPEC,
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(app, path), text);
  await runWell(install[0], install.slice(1), { cwd: app });
  const { code, stdout, stderr } = await run(
    exec[0],
    [...exec.slice(1), 'jest', '--config', 'jest.config.js'],
    {
      cwd: app,
    },
  );
  if (code !== 0 || !/1 passed/.test(stderr))
    throw new PackageFault(`Jest ended with ${code}:\n${stdout}${stderr}`);
}
