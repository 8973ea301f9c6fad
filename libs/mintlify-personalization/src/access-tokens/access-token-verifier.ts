import { MintlifyPersonalizationError } from '../errors.js';

/**
 * What an access token says: its claims (RFC 9068), or what its issuer says of it (RFC 7662). The principal of the
 * OAuth handshake, unless a guard puts another there.
 */
export interface AccessTokenClaims {
  /** Who issued it. */
  readonly iss?: string;
  /** Whose it is, by the issuer's own id. */
  readonly sub?: string;
  /** For which APIs. */
  readonly aud?: string | readonly string[];
  /** The client it was issued to. */
  readonly client_id?: string;
  /** What it allows, separated by spaces. */
  readonly scope?: string;
  /** Until when, in seconds since the epoch. */
  readonly exp?: number;
  readonly [claim: string]: unknown;
}

/**
 * Verifies access tokens as the option `accessTokens` asks. Its own token for injection: the guard
 * `OAuthAccessTokenGuard` uses it, and so may a guard of the host app.
 *
 * @example
 * ```ts
 * constructor(@Inject(AccessTokenVerifier) private readonly accessTokens: AccessTokenVerifier) {}
 *
 * const { sub } = await this.accessTokens.verify(token);
 * ```
 */
export abstract class AccessTokenVerifier {
  /** The scopes that a token must have. */
  abstract readonly requiredScopes: readonly string[];

  /**
   * Verifies one access token.
   *
   * @returns its claims; it has a `sub`
   * @throws MintlifyPersonalizationError `invalid_token`, `insufficient_scope`, `token_issuer_unavailable`
   */
  abstract verify(token: string): Promise<AccessTokenClaims>;
}

/**
 * What holds for every access token once it is known to be genuine.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_token`, `insufficient_scope`
 */
export function assertUsable(claims: AccessTokenClaims, requiredScopes: readonly string[]): void {
  if (typeof claims.sub !== 'string' || claims.sub === '') throw invalidToken('names no subject');
  // RFC 9449, section 7.2: who merely bears it has not shown that it is theirs.
  if (claims['cnf'] !== undefined) throw invalidToken('is bound to a key, and was sent as a bearer token');
  const scopes = new Set(typeof claims.scope === 'string' ? claims.scope.split(' ') : []);
  if (requiredScopes.every((scope) => scopes.has(scope))) return;
  throw new MintlifyPersonalizationError('insufficient_scope', 'The access token lacks a required scope.');
}

/** @internal The one error for a token that does not count. Says why, and nothing that the token holds. */
export function invalidToken(why: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_token', `The access token ${why}.`, { cause });
}

/** @internal The error for an issuer that does not answer. */
export function issuerUnavailable(what: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'token_issuer_unavailable',
    `${what} See the cause, and accessTokens of the options.`,
    { cause },
  );
}
