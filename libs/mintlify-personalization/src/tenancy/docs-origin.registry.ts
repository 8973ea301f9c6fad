import { LRUCache } from 'lru-cache';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import type { Tenant } from './tenant.js';

/** How long an unknown origin is cached. Short, since a tenant may be added or moved at any time. */
const NEGATIVE_CACHE_MS = 5_000;
/** The maximum size of all cached unknown origins: anyone can send as many as they like. */
const MAX_UNKNOWN_BYTES = 262_144;
/** How long to wait after a failure before the tenant source is called again for a known origin. */
const RETRY_MS = 5_000;
/** The approximate size of a cache entry without the origin, and of a typical one with it. */
const ENTRY_BYTES = 192;
const USUAL_BYTES = 256;

/**
 * Knows the origins that have docs: those in the options, and those that the tenant source recently confirmed. Size and
 * age are limited.
 *
 * Unknown origins have their own cache, so that a flood of them evicts no known origin. Failures are not cached, and
 * there is one call at a time for each origin.
 *
 * @internal
 */
export class DocsOriginRegistry {
  readonly #configured: ReadonlySet<string>;
  readonly #known: StaleWhileRevalidateCache<boolean>;
  readonly #unknown: LRUCache<string, true>;
  readonly #clock: MonotonicClock;
  #purgeAt = 0;

  /** @param ask whether there are docs at an origin; `isKnown`: whether there were the last time */
  constructor(
    tenants: readonly Tenant[],
    ask: (origin: string, isKnown: boolean) => Promise<boolean>,
    { max, maxAgeMs }: { readonly max: number; readonly maxAgeMs: number },
    clock: MonotonicClock,
  ) {
    this.#configured = new Set(tenants.flatMap(({ docsOrigins }) => [...docsOrigins]));
    this.#clock = clock;
    const maxSize = max * USUAL_BYTES;
    this.#known = new StaleWhileRevalidateCache(
      {
        load: async (origin, wasKnown, signal) => {
          const isKnown = await ask(origin, wasKnown);
          if (!isKnown && !signal.aborted) this.#keepUnknown(origin);
          return isKnown;
        },
        maxAgeMs,
        maxStaleMs: 2 * maxAgeMs,
        retryMs: RETRY_MS,
        maxSize,
        // Too large for an unknown origin, so that it is not kept here.
        sizeOf: (isKnown, origin) => (isKnown ? sizeOf(origin) : maxSize + 1),
      },
      clock,
    );
    this.#unknown = new LRUCache({
      maxSize: MAX_UNKNOWN_BYTES,
      sizeCalculation: (_, origin) => sizeOf(origin),
      ttl: Math.min(NEGATIVE_CACHE_MS, maxAgeMs),
      ttlResolution: 0,
      perf: clock,
    });
  }

  /** Whether an origin is in the options. */
  isConfigured(origin: string): boolean {
    return this.#configured.has(origin);
  }

  /** What the tenant source recently said about an origin. */
  peek(origin: string): boolean | undefined {
    return this.#unknown.has(origin) ? false : this.#known.getKnown(origin);
  }

  /** Whether the tenant source knows an origin. */
  confirm(origin: string): boolean | Promise<boolean> {
    return this.#unknown.has(origin) ? false : this.#known.get(origin);
  }

  /** Clears the caches. The results of running calls are not kept either. */
  forget(): void {
    this.#known.clear();
    this.#unknown.clear();
  }

  #keepUnknown(origin: string): void {
    const now = this.#clock.now();
    if (now >= this.#purgeAt) {
      this.#purgeAt = now + NEGATIVE_CACHE_MS;
      this.#unknown.purgeStale();
    }
    this.#unknown.set(origin, true);
  }
}

function sizeOf(origin: string): number {
  return ENTRY_BYTES + origin.length;
}
