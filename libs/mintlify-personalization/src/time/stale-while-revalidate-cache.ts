import { LRUCache } from 'lru-cache';
import type { MonotonicClock } from './monotonic-clock.js';

/** How a {@link StaleWhileRevalidateCache} is filled, and how much it keeps for how long. Times are in milliseconds. */
export interface RevalidationOptions<V> {
  /**
   * Loads a value; must end in its own time.
   *
   * @param isKnown whether an older value is in use meanwhile
   * @param signal aborted when the value will not be kept: its key was forgotten, or gave way to others
   */
  readonly load: (key: string, isKnown: boolean, signal: AbortSignal) => Promise<V>;
  /** The age from which a value is loaded again. */
  readonly maxAgeMs: number;
  /** The age up to which a value is used while it cannot be loaded again. Default: any. */
  readonly maxStaleMs?: number;
  /** How long no key is loaded again after a failure; no longer than `maxAgeMs`. */
  readonly retryMs: number;
  /** The most that all values together may take. Each first load that is on its way takes 1. */
  readonly maxSize: number;
  /** What a value takes. One that takes more than `maxSize` is handed out, and not kept. */
  readonly sizeOf: (value: V, key: string) => number;
  /** Told of a known value that could not be loaded again. */
  readonly onFailure?: (key: string, error: unknown) => void;
  /** Whether an error says that there is no such value any more: a known one is forgotten then. */
  readonly isGone?: (error: unknown) => boolean;
}

interface Entry<V> {
  readonly value: V;
  /** On the monotonic clock. */
  refreshAt: number;
}

/**
 * Values that are loaded when they are first asked for, and again as they grow old: the known one is used meanwhile
 * (stale-while-revalidate, RFC 5861, section 3), and while loading fails. Bounded in size and in age.
 *
 * `lru-cache` does the rest: one load at a time for each key, no failure kept, and nothing kept of a load whose key was
 * forgotten meanwhile. What is asked for again and again is at hand without a promise, which its `fetch` alone would not do.
 *
 * @internal
 */
export class StaleWhileRevalidateCache<V> {
  readonly #entries: LRUCache<string, Entry<V>>;
  readonly #clock: MonotonicClock;
  readonly #maxAgeMs: number;
  #purgeAt = 0;

  constructor(options: RevalidationOptions<V>, clock: MonotonicClock) {
    const { maxAgeMs, maxStaleMs = 0, maxSize, sizeOf } = options;
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
    this.#entries = new LRUCache({
      maxSize,
      sizeCalculation: ({ value }, key) => sizeOf(value, key),
      ttl: maxStaleMs,
      ttlResolution: 0,
      perf: clock,
      ignoreFetchAbort: true,
      fetchMethod: async (key, known, { signal, options: fetch }) => {
        if (known === undefined) this.#purge();
        try {
          const value = await options.load(key, known !== undefined, signal);
          return { value, refreshAt: clock.now() + maxAgeMs };
        } catch (error) {
          fetch.noDeleteOnFetchRejection = options.isGone?.(error) !== true;
          if (known !== undefined) {
            known.refreshAt = clock.now() + Math.min(options.retryMs, maxAgeMs);
            options.onFailure?.(key, error);
          }
          throw error;
        }
      },
    });
  }

  /** A value: at once where it is known, else when it is loaded. */
  get(key: string): V | Promise<V> {
    return this.getKnown(key) ?? this.#fetch(key, false);
  }

  /** A value that is known, which may be loaded again meanwhile; never a first load. */
  getKnown(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (this.#clock.now() >= entry.refreshAt) {
      // Gives the known value, so that it never fails; a running load goes on.
      void this.#entries.fetch(key, { forceRefresh: true, allowStale: true });
    }
    return entry.value;
  }

  /** A value as it is now: loaded in any case, or by the load that is on its way. */
  refresh(key: string): Promise<V> {
    return this.#fetch(key, true);
  }

  /** Forgets a value. A load that is on its way is not kept either: it may have begun before the change. */
  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Forgets all values, as {@link delete} does. */
  clear(): void {
    this.#entries.clear();
  }

  async #fetch(key: string, forceRefresh: boolean): Promise<V> {
    return (await this.#entries.forceFetch(key, { forceRefresh })).value;
  }

  /**
   * What is asked for again goes by itself when it is too old; what is not, here. All at once and rarely, so that it costs
   * a load next to nothing, and without the timer for each value that `ttlAutopurge` would set.
   */
  #purge(): void {
    const now = this.#clock.now();
    if (now < this.#purgeAt) return;
    this.#purgeAt = now + this.#maxAgeMs;
    this.#entries.purgeStale();
  }
}
