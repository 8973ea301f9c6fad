/** Why a token was refused, as a code. */
export type RefusalCode =
  | 'malformed'
  | 'wrong-algorithm'
  | 'wrong-key'
  | 'expiry-missing'
  | 'expired'
  | 'expiry-too-far'
  | 'not-yet-valid'
  | 'invalid-data'
  | 'session-over'
  | 'keys-unavailable'
  // Private docs only:
  | 'too-large'
  | 'issued-at-missing'
  | 'issued-too-long-ago'
  | 'issued-in-future'
  | 'host-missing'
  | 'wrong-host'
  | 'wrong-audience'
  | 'already-used';

/**
 * A token that the docs do not accept. The message says why and how to fix it, for a developer to read in the
 * browser. It never contains the token.
 *
 * @example
 * if (error instanceof TokenRefusedError) show(error.message);
 */
export class TokenRefusedError extends Error {
  override readonly name = 'TokenRefusedError';

  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
