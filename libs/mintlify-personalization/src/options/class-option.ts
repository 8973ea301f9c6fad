import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Refuses an option that must be a class and that Nest could not build, before Nest says so in words that name
 * no option.
 *
 * @internal
 * @param token the name of the injection token under which an instance would go
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertClass(option: string, value: unknown, token: string): void {
  // An arrow function has no prototype, and cannot be built.
  if (value === undefined || (typeof value === 'function' && value.prototype !== undefined)) return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} must be a class, which Nest builds with what it injects. ` +
      `Give the class; a test gives an instance with overrideProvider(${token}).`,
  );
}
