import { MintlifyPersonalizationError } from '../errors.js';
import { DiscoveryRateLimitError } from './discovery-errors.js';

/**
 * Limits how many calls run at once: of one visitor, and of all.
 *
 * @internal
 */
export class VisitorLimit {
  readonly #max: number;
  readonly #maxPerVisitor: number;
  readonly #running = new Map<string, number>();
  #count = 0;

  constructor(max: number, maxPerVisitor: number) {
    this.#max = max;
    this.#maxPerVisitor = maxPerVisitor;
  }

  /**
   * Takes a place.
   *
   * @param visitor the visitor, as a string that no other has
   * @returns releases the place; further calls have no effect
   * @throws MintlifyPersonalizationError `discovery_rate_limited` for the visitor's own limit, `overloaded` for that of all
   */
  enter(visitor: string, tenantId: string | undefined): () => void {
    const running = this.#running.get(visitor) ?? 0;
    if (running >= this.#maxPerVisitor) {
      throw new DiscoveryRateLimitError(
        `The visitor has maxConcurrentPerVisitor (${this.#maxPerVisitor}) calls running. Wait for one of them.`,
        '1',
        tenantId,
      );
    }
    if (this.#count >= this.#max) {
      throw new MintlifyPersonalizationError(
        'overloaded',
        `The discovery API is called maxConcurrent (${this.#max}) times. Raise it, or try again later.`,
        { tenantId },
      );
    }
    this.#count += 1;
    this.#running.set(visitor, running + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.#leave(visitor);
      isHeld = false;
    };
  }

  /** The places that are taken, for tests. */
  get taken(): { readonly calls: number; readonly visitors: number } {
    return { calls: this.#count, visitors: this.#running.size };
  }

  #leave(visitor: string): void {
    this.#count -= 1;
    const rest = (this.#running.get(visitor) ?? 1) - 1;
    if (rest > 0) this.#running.set(visitor, rest);
    else this.#running.delete(visitor);
  }
}
