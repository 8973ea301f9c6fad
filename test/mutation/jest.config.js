import { fileURLToPath } from 'node:url';
import config from '../../jest.config.js';
import { GROUP } from './groups.js';

const { displayName: _, ...unit } = config.projects.find(({ displayName }) => displayName === 'unit');

/** The unit specs of one group. */
export default {
  ...unit,
  rootDir: '../..',
  roots: ['<rootDir>/libs', '<rootDir>/test'],
  testMatch: GROUP.specs.map((spec) => `<rootDir>/test/unit/${spec}.spec.ts`),
  // Stryker extends it, and does not support <rootDir>.
  testEnvironment: fileURLToPath(new URL('first-failure.environment.cjs', import.meta.url)),
  testRunner: '<rootDir>/test/mutation/jest-circus-first-failure.cjs',
  testSequencer: '<rootDir>/test/mutation/spec-order.cjs',
};
