import { GROUP, GROUP_NAME } from './groups.js';

/**
 * Mutates the code that decides what is signed and where a visitor goes: see `test/mutation.md`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: GROUP.mutate,
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    configFile: 'test/mutation/jest.config.js',
    // Set by the group.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['/dist', '/coverage', '/reports', '/libs/*/dist', '/src', '/bench', '/test/browser'],
  incremental: true,
  incrementalFile: `reports/mutation/${GROUP_NAME}.incremental.json`,
  tempDirName: `.stryker-tmp/${GROUP_NAME}`,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  allowConsoleColors: false,
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `reports/mutation/${GROUP_NAME}.html` },
  jsonReporter: { fileName: `reports/mutation/${GROUP_NAME}.json` },
  concurrency: 1,
  // Each run of Jest leaves its modules in memory.
  maxTestRunnerReuse: 100,
  timeoutMS: 30_000,
  thresholds: { high: 95, low: 90, break: 90 },
  warnings: { slow: false },
};
