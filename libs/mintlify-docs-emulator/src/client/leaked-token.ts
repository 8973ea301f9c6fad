/**
 * The message for a token in the URL of a page of private docs.
 *
 * @example
 * showLoginFailure(LEAKED_TOKEN);
 */
export const LEAKED_TOKEN =
  'The URL of this page contained a token, but private docs accept tokens only at their callback. Redirect to /login/jwt-callback?redirect={PATH}#{JWT}, with the anchor inside redirect.';

/**
 * The message for a token in the URL of public docs with another handshake than JWT.
 *
 * @example
 * this.show({ ...this.current(), alert: UNEXPECTED_TOKEN });
 */
export const UNEXPECTED_TOKEN =
  'The URL of this page contained a token, but these docs do not use the JWT handshake. Check the handshake option of the emulator.';
