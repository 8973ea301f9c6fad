import { MintlifyPersonalizationError } from '../errors.js';
import { ConcurrencyLimit } from '../http/concurrency-limit.js';
import { DiscoveryRateLimitError } from './discovery-errors.js';

/**
 * Limits how many calls run at once: of one visitor, and of all.
 *
 * @internal
 */
export class VisitorLimit {
  readonly #limit: ConcurrencyLimit;

  constructor(max: number, maxPerVisitor: number) {
    this.#limit = new ConcurrencyLimit(max, maxPerVisitor);
  }

  /**
   * Takes a place.
   *
   * @param visitor the visitor, as a string that no other has
   * @returns releases the place; further calls have no effect
   * @throws MintlifyPersonalizationError `discovery_rate_limited` for the visitor's own limit, `overloaded` for that of all
   */
  enter(visitor: string, tenantId: string | undefined): () => void {
    const { max, maxEach } = this.#limit;
    if (!this.#limit.enterFor(visitor)) {
      throw new DiscoveryRateLimitError(
        `The visitor has maxConcurrentPerVisitor (${maxEach}) calls running. Wait for one of them.`,
        '1',
        tenantId,
      );
    }
    if (!this.#limit.enter()) {
      this.#limit.leaveFor(visitor);
      throw new MintlifyPersonalizationError(
        'overloaded',
        `The discovery API is called maxConcurrent (${max}) times. Raise it, or try again later.`,
        { tenantId },
      );
    }
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#limit.leaveFor(visitor);
      this.#limit.leave();
    };
  }

  /** The places that are taken, for tests. */
  get taken(): ConcurrencyLimit['taken'] {
    return this.#limit.taken;
  }
}
