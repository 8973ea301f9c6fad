import { invalidToken, type AccessTokenClaims } from './access-token-verifier.js';

/** Which seconds since the epoch a token's times are compared with. */
export interface TokenClock {
  readonly nowSeconds: number;
  /** How far the clocks of issuer and API may differ. */
  readonly toleranceSeconds: number;
}

/**
 * Refuses a token outside of its times. `exp`, `nbf` and `iat` may be absent here; each that is there is a finite number
 * (RFC 7519, section 2, NumericDate; RFC 7662, section 2.2). A token from the future is one whose issuer cannot be believed.
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
  throw invalidToken(`has an ${name} that is not a number`);
}
