import { Logger } from '@nestjs/common';
import { stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import type { SigningKeyHandle, SigningKeyProvider } from './signing-key-handle.js';

/** How long to wait after a failure before the function is called again. */
const RETRY_MS = 5_000;
/** The only key of the cache. */
const CURRENT = 'current';

/**
 * A key from a function, which is called again for the first visitor after the maximum age. The old key signs until the
 * new one is loaded, and also while the function fails: whether it is still valid is up to the docs site.
 *
 * @internal
 */
export class RotatingKey implements SigningKeyProvider {
  readonly #keys: StaleWhileRevalidateCache<SigningKeyHandle>;

  private constructor(keys: StaleWhileRevalidateCache<SigningKeyHandle>) {
    this.#keys = keys;
  }

  /** @throws what the first call of `load` throws */
  static async create(
    load: () => Promise<SigningKeyHandle>,
    maxAgeMs: number,
    clock: MonotonicClock,
  ): Promise<RotatingKey> {
    const logger = new Logger('MintlifyPersonalization');
    const onFailure = (_: string, error: unknown): void =>
      logger.error(
        'The signing key could not be loaded again. The previous key is still used.',
        // Without causes: the error of a parser may quote the key.
        stackOf(error, 0),
      );
    const options = { load, maxAgeMs, retryMs: RETRY_MS, maxSize: 1, sizeOf: () => 1, onFailure };
    const keys = new StaleWhileRevalidateCache(options, clock);
    await keys.get(CURRENT);
    return new RotatingKey(keys);
  }

  get current(): SigningKeyHandle {
    // Never a promise: the key was loaded in `create`, and never gets too old to be used.
    return this.#keys.get(CURRENT) as SigningKeyHandle;
  }
}
