import { Logger } from '@nestjs/common';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import { issuerUnavailable } from './access-token-verifier.js';

/** The age at which the keys are fetched again. The known keys are used in the meantime. */
const REFRESH_MS = 600_000;
/** How long the known keys are used while the issuer cannot be reached. */
const MAX_AGE_MS = 86_400_000;
/** How long after a fetch an unknown key causes no new one: any caller can send a key id that does not exist. */
const COOLDOWN_MS = 30_000;
/** How long to wait after a failure before the next fetch. */
const RETRY_MS = 2_000;
/** The only key of the cache. */
const JWKS = 'jwks';

/** The keys of an issuer at a certain time. */
interface KnownKeys {
  readonly verify: JWTVerifyGetKey;
  /** On the monotonic clock. */
  readonly loadedAt: number;
}

/**
 * The public keys of an issuer, from its JWKS (RFC 7517, section 5). They are fetched on first use, for an unknown key,
 * and again when they get old. If the issuer cannot be reached, the known keys are used for a day.
 *
 * @internal
 */
export class RemoteKeys {
  readonly #remote: ReturnType<typeof createRemoteJWKSet>;
  readonly #clock: MonotonicClock;
  readonly #known: StaleWhileRevalidateCache<KnownKeys>;
  /** No fetch until then. */
  #retryAt = Number.NEGATIVE_INFINITY;

  /** @param timeoutMs milliseconds for one fetch */
  constructor(jwksUri: string, timeoutMs: number, clock: MonotonicClock) {
    const logger = new Logger('MintlifyPersonalization');
    // Its own cache is disabled: it drops known keys when the issuer cannot be reached, and uses the wall clock.
    this.#remote = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: timeoutMs,
      cacheMaxAge: Number.POSITIVE_INFINITY,
    });
    this.#clock = clock;
    this.#known = new StaleWhileRevalidateCache(
      {
        load: () => this.#fetch(),
        maxAgeMs: REFRESH_MS,
        maxStaleMs: MAX_AGE_MS,
        retryMs: RETRY_MS,
        maxSize: 1,
        sizeOf: () => 1,
        onFailure: (_, error) =>
          logger.warn(
            `The keys of the token issuer could not be fetched again. The known keys are still used. ${stackOf(error) ?? ''}`,
          ),
      },
      clock,
    );
  }

  /**
   * The key that a token's header names.
   *
   * @throws MintlifyPersonalizationError `token_issuer_unavailable`; errors of `jose`, such as `JWKSNoMatchingKey`
   */
  readonly get: JWTVerifyGetKey = async (header, token) => {
    const { verify, loadedAt } = await this.#known.get(JWKS);
    try {
      return await verify(header, token);
    } catch (error) {
      const isRecent = this.#clock.now() - loadedAt < COOLDOWN_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || isRecent) throw error;
      this.#assertDue();
      const newer = await this.#known.refresh(JWKS);
      return await newer.verify(header, token);
    }
  };

  async #fetch(): Promise<KnownKeys> {
    this.#assertDue();
    try {
      await this.#remote.reload();
      const verify = createLocalJWKSet(this.#remote.jwks() ?? { keys: [] });
      return { verify, loadedAt: this.#clock.now() };
    } catch (cause) {
      this.#retryAt = this.#clock.now() + RETRY_MS;
      throw issuerUnavailable('The keys of the token issuer could not be fetched.', cause);
    }
  }

  #assertDue(): void {
    if (this.#clock.now() >= this.#retryAt) return;
    throw issuerUnavailable('The keys of the token issuer could not be fetched a moment ago.');
  }
}
