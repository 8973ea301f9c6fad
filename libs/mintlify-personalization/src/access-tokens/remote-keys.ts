import { Logger } from '@nestjs/common';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type JWTVerifyGetKey,
} from 'jose';
import { stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { issuerUnavailable } from './access-token.verifier.js';

/** From which age on the keys are fetched again, while the known ones go on to verify. */
const REFRESH_MS = 600_000;
/** How long the known keys are good for while the issuer is away. */
const MAX_AGE_MS = 86_400_000;
/** How long after a fetch an unknown key leads to no other one: anybody can name a key that nobody has. */
const COOLDOWN_MS = 30_000;
/** How long after a failure the issuer is left alone. */
const RETRY_MS = 2_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * The public keys of an issuer, from its JWKS (RFC 7517, section 5): fetched when first needed, for a key that is not
 * known yet, and again as they grow old. An issuer that is away leaves the known keys usable for a day.
 *
 * @internal
 */
export class RemoteKeys {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #remote: ReturnType<typeof createRemoteJWKSet>;
  readonly #clock: MonotonicClock;
  #known: { readonly keys: KeySet; readonly loadedAt: number } | undefined;
  #load: Promise<KeySet> | undefined;
  /** Until then the issuer is left alone. */
  #retryAt = Number.NEGATIVE_INFINITY;

  /** @param timeoutMs milliseconds for one fetch */
  constructor(jwksUri: string, timeoutMs: number, clock: MonotonicClock) {
    // Its own ages are of no use: it drops the known keys when the issuer is away, and goes by the time of day.
    this.#remote = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: timeoutMs,
      cacheMaxAge: Number.POSITIVE_INFINITY,
    });
    this.#clock = clock;
  }

  /**
   * The key that a token's header names.
   *
   * @throws MintlifyPersonalizationError `token_issuer_unavailable`; `JWKSNoMatchingKey` and its like of `jose`
   */
  readonly get: JWTVerifyGetKey = async (header, token) => {
    const known = this.#usable();
    if (known === undefined) return (await this.#loadOnce())(header, token);
    if (this.#isOlderThan(REFRESH_MS)) this.#refresh();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#isOlderThan(COOLDOWN_MS)) throw error;
      return await this.#getNew(header, token);
    }
  };

  async #getNew(header: JWSHeaderParameters, token: FlattenedJWSInput) {
    return (await this.#loadOnce())(header, token);
  }

  #usable(): KeySet | undefined {
    return this.#isOlderThan(MAX_AGE_MS) ? undefined : this.#known?.keys;
  }

  #isOlderThan(ageMs: number): boolean {
    return this.#known === undefined || this.#clock.now() - this.#known.loadedAt >= ageMs;
  }

  #refresh(): void {
    if (this.#clock.now() < this.#retryAt) return;
    this.#loadOnce().catch((error: unknown) => {
      this.#logger.warn(`The keys of the token issuer could not be fetched again. ${stackOf(error) ?? ''}`);
    });
  }

  #loadOnce(): Promise<KeySet> {
    if (this.#load !== undefined) return this.#load;
    if (this.#clock.now() < this.#retryAt) {
      return Promise.reject(issuerUnavailable('The keys of the token issuer could not be fetched just now.'));
    }
    this.#load = this.#fetch().finally(() => (this.#load = undefined));
    return this.#load;
  }

  async #fetch(): Promise<KeySet> {
    try {
      await this.#remote.reload();
      const keys = createLocalJWKSet(this.#remote.jwks() ?? { keys: [] });
      this.#known = { keys, loadedAt: this.#clock.now() };
      return keys;
    } catch (cause) {
      this.#retryAt = this.#clock.now() + RETRY_MS;
      throw issuerUnavailable('The keys of the token issuer could not be fetched.', cause);
    }
  }
}
