import type { ResolvedOptions } from '../options/resolved-options.js';
import type { Clock } from '../time/clock.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import type { AccessTokenVerifier } from './access-token-verifier.js';
import { IntrospectingAccessTokenVerifier } from './introspecting-access-token-verifier.js';
import { JwtAccessTokenVerifier } from './jwt-access-token-verifier.js';

/**
 * Creates the verifier for the option `accessTokens`.
 *
 * @internal
 * @returns `null` if the option is not set
 * @throws MintlifyPersonalizationError `invalid_option` if a package is missing
 */
export async function createAccessTokenVerifier(
  { accessTokens }: Pick<ResolvedOptions, 'accessTokens'>,
  clock: Clock,
  monotonicClock: MonotonicClock,
): Promise<AccessTokenVerifier | null> {
  if (accessTokens === undefined) return null;
  return accessTokens.introspection === undefined
    ? new JwtAccessTokenVerifier(accessTokens, clock, monotonicClock)
    : IntrospectingAccessTokenVerifier.create(accessTokens, clock);
}
