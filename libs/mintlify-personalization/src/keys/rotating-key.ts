import { Logger } from '@nestjs/common';
import { stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import type { ActiveKey, DocsKey } from './active-key.js';

/** How long after a failure the function is left alone. */
const RETRY_MS = 5_000;

/**
 * A key that a function gives, called again when the key is too old and a visitor comes. The old key signs until
 * the new one is ready, and on while the function fails: which keys are good is the docs site's to decide.
 *
 * @internal
 */
export class RotatingKey implements DocsKey {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #load: () => Promise<ActiveKey>;
  readonly #maxAgeMs: number;
  readonly #clock: MonotonicClock;
  #current: ActiveKey;
  #refreshAt: number;
  #isLoading = false;

  private constructor(
    current: ActiveKey,
    load: () => Promise<ActiveKey>,
    maxAgeMs: number,
    clock: MonotonicClock,
  ) {
    this.#current = current;
    this.#load = load;
    this.#maxAgeMs = maxAgeMs;
    this.#clock = clock;
    this.#refreshAt = clock.now() + maxAgeMs;
  }

  /** @throws whatever the first call of `load` ends in */
  static async create(
    load: () => Promise<ActiveKey>,
    maxAgeMs: number,
    clock: MonotonicClock,
  ): Promise<RotatingKey> {
    return new RotatingKey(await load(), load, maxAgeMs, clock);
  }

  get current(): ActiveKey {
    if (!this.#isLoading && this.#clock.now() >= this.#refreshAt) void this.#refresh();
    return this.#current;
  }

  async #refresh(): Promise<void> {
    this.#isLoading = true;
    try {
      this.#current = await this.#load();
      this.#refreshAt = this.#clock.now() + this.#maxAgeMs;
    } catch (error) {
      this.#refreshAt = this.#clock.now() + Math.min(RETRY_MS, this.#maxAgeMs);
      this.#logger.error(
        'The signing key could not be read again; the one before it goes on signing.',
        // Without causes: what a parser has to say may quote the key.
        stackOf(error, 0),
      );
    } finally {
      this.#isLoading = false;
    }
  }
}
