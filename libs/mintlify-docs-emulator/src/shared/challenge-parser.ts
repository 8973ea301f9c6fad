/**
 * Reads `error` from a Bearer challenge (RFC 6750, section 3).
 *
 * @param header the value of `WWW-Authenticate`, or `null` if the page cannot read it.
 * @example
 * parseWwwAuthenticateError('Bearer scope="a", error="invalid_token"'); // 'invalid_token'
 */
export function parseWwwAuthenticateError(header: string | null): string | undefined {
  return /^Bearer\b.*?[\s,]error="([a-z_]{1,40})"/i.exec(header ?? '')?.[1];
}
