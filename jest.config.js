/**
 * One project per kind of test. The two packages are read from source, so that coverage points at the
 * lines a maintainer edits; `test/package` and the browser tests use what is built.
 */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // `ts` last: an import of `./x.js` finds a dependency's real `x.js` before anything else.
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'json', 'node', 'ts'],
  moduleNameMapper: {
    '^nestjs-mintlify-personalization$': '<rootDir>/libs/mintlify-personalization/src/index.ts',
    '^nestjs-mintlify-personalization/(aws-kms|vault-transit|pkcs11)$':
      '<rootDir>/libs/mintlify-personalization/src/signers/$1-token-signer.ts',
    // See test/esm/bundle.transform.js.
    '^@nestjs/throttler$': '<rootDir>/test/esm/throttler.ts',
    '^nestjs-cls$': '<rootDir>/test/esm/nestjs-cls.ts',
    // Fastify's `inject` requires a newer one, an ES module, which Jest cannot require on Node 20.
    '^cookie$': '<rootDir>/node_modules/cookie',
    '^nestjs-mintlify-personalization/terminus$':
      '<rootDir>/libs/mintlify-personalization/src/health/mintlify-health-indicator.ts',
    '^nestjs-mintlify-personalization/testing$':
      '<rootDir>/libs/mintlify-personalization/src/testing/index.ts',
    '^nestjs-mintlify-personalization/browser$':
      '<rootDir>/libs/mintlify-personalization/src/browser/index.ts',
    '^nestjs-mintlify-personalization/testing/jest$':
      '<rootDir>/libs/mintlify-personalization/src/testing/jest.ts',
    '^nestjs-mintlify-personalization/playground-keys$':
      '<rootDir>/libs/mintlify-personalization/src/key-issuers/index.ts',
    '^nestjs-mintlify-personalization/discovery$':
      '<rootDir>/libs/mintlify-personalization/src/discovery/index.ts',
    '^nestjs-mintlify-personalization/visitors$':
      '<rootDir>/libs/mintlify-personalization/src/visitors/index.ts',
    '^mintlify-docs-emulator/reader$': '<rootDir>/libs/mintlify-docs-emulator/src/reader/index.ts',
    '^mintlify-docs-emulator$': '<rootDir>/libs/mintlify-docs-emulator/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/libs/[^/]+/dist/', '<rootDir>/\\.stryker-tmp/'],
  transform: {
    '/test/esm/.+\\.ts$': '<rootDir>/test/esm/bundle.transform.js',
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  setupFiles: ['reflect-metadata'],
};

const project = (name, overrides = {}) => ({
  ...base,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.spec.ts`],
  ...overrides,
});

export default {
  projects: [
    // One folder for each package, and one for the manual: the same folders inside as in what they test.
    project('unit', { testMatch: ['<rootDir>/test/*/unit/**/*.spec.ts'] }),
    project('e2e', { testMatch: ['<rootDir>/test/*/e2e/**/*.spec.ts'] }),
    project('browser'),
    project('canary'),
    project('faults', {
      testEnvironment: '<rootDir>/test/faults/faults.environment.js',
      setupFilesAfterEnv: ['<rootDir>/test/faults/faults.setup.ts'],
    }),
    // These two need what `npm ci` does not bring: see CONTRIBUTING.md.
    project('corpora'),
    project('infra', {
      globalSetup: '<rootDir>/test/infra/softhsm.setup.js',
      globalTeardown: '<rootDir>/test/infra/softhsm.teardown.js',
    }),
  ],
  // A busy machine is no failure: what never ends fails all the same. Jest ignores this in a project.
  testTimeout: 20_000,
  // A worker that has grown large is replaced: each file's modules stay in memory until then.
  workerIdleMemoryLimit: '1GB',
  collectCoverageFrom: [
    'libs/mintlify-personalization/src/**/*.ts',
    // Types alone: nothing in them runs.
    '!libs/mintlify-personalization/src/ports/**',
    '!libs/mintlify-personalization/src/options/mintlify-personalization-options.ts',
  ],
  // Instruments the library's files alone; the engine's own coverage takes three times as long here.
  coverageProvider: 'babel',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 95, branches: 95, functions: 95, statements: 95 } },
};
