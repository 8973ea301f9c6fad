import { LRUCache } from 'lru-cache';
import type { PlaygroundKeyStore } from '../ports/playground-key-store.js';
import type { Clock } from '../time/clock.js';

/** Bytes of all records. */
const MAX_SIZE = 33_554_432;

/**
 * Keeps the records of one process. The number of visitors and their bytes are limited: the ones that came longest ago
 * are forgotten first.
 *
 * @internal
 */
export class MemoryKeyStore implements PlaygroundKeyStore {
  readonly #records: LRUCache<string, { readonly record: string; readonly expiresAt: number }>;
  readonly #clock: Clock;

  constructor(maxVisitors: number, clock: Clock) {
    this.#clock = clock;
    this.#records = new LRUCache({
      max: maxVisitors,
      maxSize: MAX_SIZE,
      sizeCalculation: ({ record }, id) => record.length + id.length,
    });
  }

  read(id: string): string | undefined {
    const found = this.#records.get(id);
    if (found === undefined || found.expiresAt > this.#clock.now() / 1_000) return found?.record;
    this.#records.delete(id);
    return undefined;
  }

  write(id: string, record: string, expiresAt: number): void {
    this.#records.set(id, { record, expiresAt });
  }
}
