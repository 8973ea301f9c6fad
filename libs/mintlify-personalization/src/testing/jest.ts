/**
 * `import 'nestjs-mintlify-personalization/testing/jest'` adds {@link MintlifyMatchers} to Jest, with their types, for the
 * globals and for `@jest/globals`.
 */
import { expect } from '@jest/globals';
import { mintlifyMatchers, type MintlifyMatchers } from './mintlify-matchers.js';

expect.extend(mintlifyMatchers);

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends MintlifyMatchers<R> {}
}

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends MintlifyMatchers<R> {}
  }
}
