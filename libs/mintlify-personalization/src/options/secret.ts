import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { invalidOptionError } from './invalid-option-error.js';
import type { OptionRule } from './option-table.js';

const MIN_LENGTH = 32;

/**
 * A secret, as a `KeyObject`, so that printing it does not show it. Without `defaultValue`: each import of the module gets
 * a random one.
 *
 * @internal
 */
export const SECRET_OPTION: OptionRule<KeyObject, unknown> = Object.freeze({
  check: (option: string, secret: unknown): KeyObject => {
    if (secret === undefined) return createSecretKey(randomBytes(MIN_LENGTH));
    if (typeof secret === 'string' && secret.length >= MIN_LENGTH) {
      return createSecretKey(Buffer.from(secret));
    }
    throw invalidOptionError(
      option,
      `must be a string of at least ${MIN_LENGTH} characters`,
      'Generate a random one.',
    );
  },
});
