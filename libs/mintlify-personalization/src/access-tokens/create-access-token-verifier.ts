import type { ResolvedOptions } from '../options/app-options.js';
import type { Clock } from '../time/clock.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import type { AccessTokenVerifier } from './access-token-verifier.js';

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
  // Loaded on need: most apps verify no access tokens.
  if (accessTokens.introspection === undefined) {
    const { JwtAccessTokenVerifier } = await import('./jwt-access-token-verifier.js');
    return new JwtAccessTokenVerifier(accessTokens, clock, monotonicClock);
  }
  const { IntrospectingAccessTokenVerifier } = await import('./introspecting-access-token-verifier.js');
  return IntrospectingAccessTokenVerifier.create(accessTokens, clock);
}
