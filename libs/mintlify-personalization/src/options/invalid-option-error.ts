import { MintlifyPersonalizationError } from '../errors.js';

/**
 * The error for a mistake in an option: which option, what is wrong with it, and how to fix it. It must not quote a value
 * that may be secret.
 *
 * @internal
 * @param option its full path: `handshakes.jwt.path`
 * @param problem continues the sentence after the path: `'must be true or false'`
 * @param fix an imperative with a full stop; not needed if the problem already says it
 * @example
 * ```ts
 * throw invalidOptionError('docsUrl', 'is missing or empty', 'Set it to the URL of your docs.');
 * ```
 */
export function invalidOptionError(
  option: string,
  problem: string,
  fix?: string,
): MintlifyPersonalizationError {
  const sentence = `${option} ${problem}.`;
  return new MintlifyPersonalizationError(
    'invalid_option',
    fix === undefined ? sentence : `${sentence} ${fix}`,
  );
}
