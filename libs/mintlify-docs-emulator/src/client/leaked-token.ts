/**
 * What is wrong with a token that came in the fragment of a page of private docs.
 *
 * @example
 * showLoginFailure(LEAKED_TOKEN);
 */
export const LEAKED_TOKEN =
  'A token came in the fragment of a page, and private docs take it at their callback alone: redirect to /login/jwt-callback?redirect={PATH}#{JWT}, with the anchor inside redirect.';

/**
 * What is wrong with a token that came to public docs which learn of their visitors in another way.
 *
 * @example
 * this.show({ ...this.current(), alert: UNEXPECTED_TOKEN });
 */
export const UNEXPECTED_TOKEN =
  'A token came in the fragment of a page, and these docs take none: their handshake is not JWT. See the handshake of the emulator.';
