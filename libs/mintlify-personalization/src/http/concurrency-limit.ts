/**
 * Limits how many requests are served at once, in total and for each tenant or visitor. Further ones are rejected, not
 * queued.
 *
 * @internal
 */
export class ConcurrencyLimit {
  readonly max: number;
  readonly maxEach: number;
  #count = 0;
  readonly #each = new Map<string, number>();

  /** @param maxEach at least 1; no effect if it is not less than `max` */
  constructor(max: number, maxEach: number) {
    this.max = max;
    this.maxEach = maxEach;
  }

  /** Whether no place is free. */
  get isFull(): boolean {
    return this.#count >= this.max;
  }

  /** Takes a place; `false` if none is free. */
  enter(): boolean {
    if (this.isFull) return false;
    this.#count += 1;
    return true;
  }

  /** Releases a place. */
  leave(): void {
    this.#count -= 1;
  }

  /**
   * Takes one of the places of a tenant or a visitor; `false` if none is free.
   *
   * @param id an empty string for the default docs site
   */
  enterFor(id = ''): boolean {
    const count = this.#each.get(id) ?? 0;
    if (count >= this.maxEach) return false;
    this.#each.set(id, count + 1);
    return true;
  }

  /** Releases one of the places of a tenant or a visitor. */
  leaveFor(id = ''): void {
    const count = this.#each.get(id) ?? 0;
    if (count > 1) this.#each.set(id, count - 1);
    else this.#each.delete(id);
  }

  /** The places that are currently taken, for tests and reports. */
  get taken(): { readonly inAll: number; readonly ids: number } {
    return { inAll: this.#count, ids: this.#each.size };
  }
}
