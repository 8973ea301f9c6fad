import type { MintlifyErrorCode } from '../../errors.js';

/** The errors of RFC 6750, section 3.1, with the same names. */
const ERRORS: ReadonlySet<MintlifyErrorCode> = new Set([
  'invalid_request',
  'invalid_token',
  'insufficient_scope',
]);

/**
 * The value of `WWW-Authenticate` (RFC 6750, section 3): the required scopes, and what is wrong with the token. Without a
 * token in the request, it has no error.
 *
 * @internal
 * @param description the message of the error, which contains nothing of the token
 */
export function createBearerChallenge(
  code: MintlifyErrorCode,
  description: string,
  requiredScopes: readonly string[],
): string {
  const parameters: string[] = [];
  if (requiredScopes.length > 0) parameters.push(`scope="${requiredScopes.join(' ')}"`);
  if (ERRORS.has(code)) {
    // Section 3: printable ASCII without the quote and the backslash.
    const text = description.replace(/"/g, "'").replace(/[^\x20-\x5B\x5D-\x7E]/g, '');
    parameters.push(`error="${code}"`, `error_description="${text}"`);
  }
  return parameters.length === 0 ? 'Bearer' : `Bearer ${parameters.join(', ')}`;
}
