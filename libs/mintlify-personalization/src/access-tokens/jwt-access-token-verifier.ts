import { errors, jwtVerify } from 'jose';
import { MintlifyPersonalizationError } from '../errors.js';
import type { ResolvedAccessTokens } from '../options/access-tokens.js';
import type { Clock } from '../time/clock.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import {
  AccessTokenVerifier,
  assertUsable,
  invalidToken,
  type AccessTokenClaims,
} from './access-token-verifier.js';
import { assertTimes } from './token-times.js';
import { RemoteKeys } from './remote-keys.js';

/** @internal The rules for access tokens that are JWTs. */
export type JwtAccessTokens = Extract<ResolvedAccessTokens, { introspection: undefined }>;

/** Verifies access tokens that are JWTs (RFC 9068, section 4). */
export class JwtAccessTokenVerifier extends AccessTokenVerifier {
  override readonly requiredScopes: readonly string[];
  readonly #accessTokens: JwtAccessTokens;
  readonly #keys: RemoteKeys;
  readonly #clock: Clock;

  constructor(accessTokens: JwtAccessTokens, clock: Clock, monotonicClock: MonotonicClock) {
    super();
    this.requiredScopes = accessTokens.requiredScopes;
    this.#accessTokens = accessTokens;
    this.#keys = new RemoteKeys(accessTokens.jwksUri, accessTokens.timeoutMs, monotonicClock);
    this.#clock = clock;
  }

  override async verify(token: string): Promise<AccessTokenClaims> {
    const { issuer, audience, algorithms, typ, clockToleranceSeconds } = this.#accessTokens;
    const nowMs = this.#clock.now();
    try {
      const { payload } = await jwtVerify<AccessTokenClaims>(token, this.#keys.get, {
        issuer,
        audience,
        algorithms,
        typ,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(nowMs),
        requiredClaims: ['exp'],
      });
      assertTimes(payload, { nowSeconds: nowMs / 1_000, toleranceSeconds: clockToleranceSeconds });
      assertUsable(payload, this.requiredScopes);
      return payload;
    } catch (error) {
      if (error instanceof MintlifyPersonalizationError) throw error;
      throw invalidToken(reasonOf(error), error);
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'is expired';
  if (error instanceof errors.JWTClaimValidationFailed) return reasonOfClaim(error.claim);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'is signed with an algorithm that is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'is signed with a key that its issuer does not publish';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'does not say which of the keys signed it';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'has a wrong signature';
  return 'is not a JWT that can be verified';
}

/** The claim is one of the few that the verifier checks, not a value from the token. */
function reasonOfClaim(claim: string): string {
  switch (claim) {
    case 'aud':
      return 'is for another audience';
    case 'iss':
      return 'is of another issuer';
    case 'typ':
      return 'is a token of another type';
    case 'nbf':
      return 'is not valid yet';
    default:
      return 'has a missing or wrong claim';
  }
}
