import { MintlifyPersonalizationError } from '../errors.js';

/** @internal The error for what an issuer returned. */
export function invalidIssuedKey(problem: string): MintlifyPersonalizationError {
  return playgroundKeyFailed(`issue() of the issuer of playground keys: ${problem}. Correct the issuer.`);
}

/** @internal */
export function playgroundKeyFailed(message: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'playground_key_failed',
    message,
    cause === undefined ? {} : { cause },
  );
}

/** @internal */
export function playgroundKeyTimeout(timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'playground_key_timeout',
    `The keys for the API playground took longer than playgroundKeys.timeoutMs (${timeoutMs} ms). Make the issuer faster, ` +
      'or raise the option.',
  );
}
