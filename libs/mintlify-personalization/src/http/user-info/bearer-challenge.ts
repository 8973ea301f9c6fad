import type { MintlifyErrorCode } from '../../errors.js';

/** The errors of RFC 6750, section 3.1, which have the same names here. */
const ERRORS: ReadonlySet<MintlifyErrorCode> = new Set([
  'invalid_request',
  'invalid_token',
  'insufficient_scope',
]);

/**
 * The value of `WWW-Authenticate` (RFC 6750, section 3): which scopes are asked for, and what was wrong with the
 * token. A request without a token is told nothing of an error.
 *
 * @internal
 * @param description the error's message: it holds nothing of the token
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
