import { invalidToken, type AccessTokenClaims } from './access-token-verifier.js';

/** The time that a token is compared with, in seconds since the epoch. */
export interface TokenClock {
  readonly nowSeconds: number;
  /** How much the clocks of issuer and API may differ. */
  readonly toleranceSeconds: number;
}

/**
 * Throws if a token is expired or not valid yet. `exp`, `nbf` and `iat` are optional here, but must be finite numbers
 * (RFC 7519, section 2, NumericDate; RFC 7662, section 2.2). A token that was issued in the future is rejected, too.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_token`
 */
export function assertTimes(claims: AccessTokenClaims, { nowSeconds, toleranceSeconds }: TokenClock): void {
  const exp = readTime(claims, 'exp');
  if (exp !== undefined && exp + toleranceSeconds <= nowSeconds) throw invalidToken('is expired');
  const nbf = readTime(claims, 'nbf');
  if (nbf !== undefined && nbf - toleranceSeconds > nowSeconds) throw invalidToken('is not valid yet');
  const iat = readTime(claims, 'iat');
  if (iat !== undefined && iat - toleranceSeconds > nowSeconds) {
    throw invalidToken('was issued in the future');
  }
}

function readTime(claims: AccessTokenClaims, name: 'exp' | 'nbf' | 'iat'): number | undefined {
  const time = claims[name];
  // JSON.parse reads 1e999 as Infinity.
  if (time === undefined || Number.isFinite(time)) return time as number | undefined;
  throw invalidToken(`has the claim ${name}, which is not a number`);
}
