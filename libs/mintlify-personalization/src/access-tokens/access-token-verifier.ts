import { MintlifyPersonalizationError } from '../errors.js';

/**
 * The claims of an access token (RFC 9068), or the introspection response of its issuer (RFC 7662). It is the principal
 * of the OAuth handshake, unless a guard replaces it.
 */
export interface AccessTokenClaims {
  /** The issuer. */
  readonly iss?: string;
  /** The issuer's id of the user. */
  readonly sub?: string;
  /** The APIs that the token is for. */
  readonly aud?: string | readonly string[];
  /** The client that the token was issued to. */
  readonly client_id?: string;
  /** The scopes, separated by spaces. */
  readonly scope?: string;
  /** When it expires, in seconds since the epoch. */
  readonly exp?: number;
  readonly [claim: string]: unknown;
}

/**
 * Verifies access tokens according to the option `accessTokens`. `OAuthAccessTokenGuard` uses it, and your own guards can
 * inject it, too.
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
   * @returns its claims, always with a `sub`
   * @throws MintlifyPersonalizationError `invalid_token`, `insufficient_scope`, `token_issuer_unavailable`
   */
  abstract verify(token: string): Promise<AccessTokenClaims>;
}

/**
 * Checks an access token that is known to be genuine.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_token`, `insufficient_scope`
 */
export function assertUsable(claims: AccessTokenClaims, requiredScopes: readonly string[]): void {
  if (typeof claims.sub !== 'string' || claims.sub === '') throw invalidToken('has no sub');
  // RFC 9449, section 7.2: a sender-constrained token must not be accepted as a bearer token.
  if (claims['cnf'] !== undefined) throw invalidToken('is bound to a key, but was sent as a bearer token');
  const scopes = new Set(typeof claims.scope === 'string' ? claims.scope.split(' ') : []);
  if (requiredScopes.every((scope) => scopes.has(scope))) return;
  throw new MintlifyPersonalizationError('insufficient_scope', 'The access token lacks a required scope.');
}

/** @internal The error for an invalid token. It says why, but nothing of the token's content. */
export function invalidToken(why: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_token', `The access token ${why}.`, { cause });
}

/** @internal The error for an issuer that does not answer. */
export function issuerUnavailable(what: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'token_issuer_unavailable',
    `${what} See the cause, and check the option accessTokens.`,
    { cause },
  );
}
