import { LRUCache } from 'lru-cache';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import type { Tenant } from './tenant.js';

/** How long it is kept that no docs are at an origin: a tenant may be added, or move, at any time. */
const NEGATIVE_CACHE_MS = 5_000;
/** What all unknown origins that are kept may take: anyone can name as many as they like. */
const MAX_UNKNOWN_BYTES = 262_144;
/** How long after a failure the tenant source is not asked again about an origin that is still known. */
const RETRY_MS = 5_000;
/** What an origin takes beside its characters, about; and a usual one with them. */
const ENTRY_BYTES = 192;
const USUAL_BYTES = 256;

/**
 * Knows at which origins there are docs: those of the options, and those that the tenant source confirmed lately. Bounded
 * in bytes and in age.
 *
 * Unknown origins are kept apart, so that a flood of them pushes out none that is known. A failure is not kept, and the
 * source is asked about an origin once at a time.
 *
 * @internal
 */
export class DocsOriginRegistry {
  readonly #configured: ReadonlySet<string>;
  readonly #known: StaleWhileRevalidateCache<boolean>;
  readonly #unknown: LRUCache<string, true>;
  readonly #clock: MonotonicClock;
  #purgeAt = 0;

  /** @param ask whether there are docs at an origin; `isKnown`: whether there were, when it was asked before */
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
        // Too much for what is unknown: it is not kept here.
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

  /** Whether the options name an origin. */
  isConfigured(origin: string): boolean {
    return this.#configured.has(origin);
  }

  /** What the tenant source said of an origin lately. */
  peek(origin: string): boolean | undefined {
    return this.#unknown.has(origin) ? false : this.#known.getKnown(origin);
  }

  /** Whether the tenant source knows an origin. */
  confirm(origin: string): boolean | Promise<boolean> {
    return this.#unknown.has(origin) ? false : this.#known.get(origin);
  }

  /** Forgets what the tenant source said, and does not keep what it is about to say. */
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
