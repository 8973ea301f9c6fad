import { LRUCache } from 'lru-cache';
import type { MonotonicClock } from './monotonic-clock.js';

/** How a {@link StaleWhileRevalidateCache} loads values, how many it keeps, and for how long. Times are in milliseconds. */
export interface RevalidationOptions<V> {
  /**
   * Loads a value. It must have its own timeout.
   *
   * @param isKnown whether an older value is used in the meantime
   * @param signal aborted if the value will not be kept, because its key was deleted or evicted
   */
  readonly load: (key: string, isKnown: boolean, signal: AbortSignal) => Promise<V>;
  /** The age at which a value is loaded again. */
  readonly maxAgeMs: number;
  /** The age up to which a value is used while reloading fails. Default: no limit. */
  readonly maxStaleMs?: number;
  /** How long to wait after a failure before the key is loaded again; at most `maxAgeMs`. */
  readonly retryMs: number;
  /** The maximum total size of all values. Each pending first load counts as 1. */
  readonly maxSize: number;
  /** The size of a value. A value larger than `maxSize` is returned, but not kept. */
  readonly sizeOf: (value: V, key: string) => number;
  /** Called when a known value could not be loaded again. */
  readonly onFailure?: (key: string, error: unknown) => void;
  /** Whether an error means that the value no longer exists: then the known value is deleted. */
  readonly isGone?: (error: unknown) => boolean;
}

interface Entry<V> {
  readonly value: V;
  /** On the monotonic clock. */
  refreshAt: number;
}

/**
 * Loads values on first use, and again when they get old. The known value is used in the meantime
 * (stale-while-revalidate, RFC 5861, section 3), and while loading fails. Size and age are limited.
 *
 * `lru-cache` does the rest: one load at a time for each key, no caching of failures, and no caching if the key was
 * deleted during the load. A known value is returned without a promise, which `fetch` of `lru-cache` cannot do.
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

  /** The value of a key: at once if it is known, otherwise after loading it. */
  get(key: string): V | Promise<V> {
    return this.getKnown(key) ?? this.#fetch(key, false);
  }

  /** The value of a key if it is known. It may start a reload, but never a first load. */
  getKnown(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (this.#clock.now() >= entry.refreshAt) {
      // Resolves with the known value, so it never fails; a running load continues.
      void this.#entries.fetch(key, { forceRefresh: true, allowStale: true });
    }
    return entry.value;
  }

  /** The current value: loads it even if it is known, or waits for the running load. */
  refresh(key: string): Promise<V> {
    return this.#fetch(key, true);
  }

  /** Deletes a value. The result of a running load is not kept either: it may have started before the change. */
  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Deletes all values, like {@link delete}. */
  clear(): void {
    this.#entries.clear();
  }

  async #fetch(key: string, forceRefresh: boolean): Promise<V> {
    return (await this.#entries.forceFetch(key, { forceRefresh })).value;
  }

  /**
   * Removes values that are too old and no longer read. It runs rarely, so it costs a load almost nothing, and it needs
   * no timer for each value, as `ttlAutopurge` would.
   */
  #purge(): void {
    const now = this.#clock.now();
    if (now < this.#purgeAt) return;
    this.#purgeAt = now + this.#maxAgeMs;
    this.#entries.purgeStale();
  }
}
