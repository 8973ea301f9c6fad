import { Logger } from '@nestjs/common';
import { stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import type { SigningKeyHandle, SigningKeyProvider } from './signing-key-handle.js';

/** How long after a failure the function is not called again. */
const RETRY_MS = 5_000;
/** The cache's one key. */
const CURRENT = 'current';

/**
 * A key that a function gives, called again when the key is too old and a visitor comes. The old key signs until
 * the new one is ready, and on while the function fails: which keys are good is the docs site's to decide.
 *
 * @internal
 */
export class RotatingKey implements SigningKeyProvider {
  readonly #keys: StaleWhileRevalidateCache<SigningKeyHandle>;

  private constructor(keys: StaleWhileRevalidateCache<SigningKeyHandle>) {
    this.#keys = keys;
  }

  /** @throws whatever the first call of `load` ends in */
  static async create(
    load: () => Promise<SigningKeyHandle>,
    maxAgeMs: number,
    clock: MonotonicClock,
  ): Promise<RotatingKey> {
    const logger = new Logger('MintlifyPersonalization');
    const onFailure = (_: string, error: unknown): void =>
      logger.error(
        'The signing key could not be read again; the one before it goes on signing.',
        // Without causes: what a parser has to say may quote the key.
        stackOf(error, 0),
      );
    const options = { load, maxAgeMs, retryMs: RETRY_MS, maxSize: 1, sizeOf: () => 1, onFailure };
    const keys = new StaleWhileRevalidateCache(options, clock);
    await keys.get(CURRENT);
    return new RotatingKey(keys);
  }

  get current(): SigningKeyHandle {
    // Loaded once, it is at hand for good: no key is too old.
    return this.#keys.get(CURRENT) as SigningKeyHandle;
  }
}
