import { LRUCache } from 'lru-cache';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import type { Tenant } from './tenant.js';

/** How long it is kept that an origin is nobody's: a tenant may be added, or move, at any time. */
const STRANGER_MS = 5_000;

/**
 * Knows at which origins there are docs of anybody: those of the options, and those that the tenant source confirmed
 * lately. Bounded in number and in age. A failure is not kept, and one origin is asked about once at a time.
 *
 * @internal
 */
export class DocsOriginRegistry {
  readonly #statics: ReadonlySet<string>;
  readonly #confirmed: LRUCache<string, boolean>;
  readonly #asked = new Map<string, Promise<boolean>>();
  readonly #ask: (origin: string) => Promise<boolean>;
  readonly #maxAgeMs: number;

  constructor(
    tenants: readonly Tenant[],
    ask: (origin: string) => Promise<boolean>,
    limits: { readonly max: number; readonly maxAgeMs: number },
    clock: MonotonicClock,
  ) {
    this.#statics = new Set(tenants.flatMap(({ docsOrigins }) => [...docsOrigins]));
    this.#ask = ask;
    this.#maxAgeMs = limits.maxAgeMs;
    this.#confirmed = new LRUCache({ max: limits.max, ttl: limits.maxAgeMs, ttlResolution: 0, perf: clock });
  }

  /** Whether the options name an origin. */
  isStatic(origin: string): boolean {
    return this.#statics.has(origin);
  }

  /** Whether the tenant source knows an origin. */
  confirm(origin: string): boolean | Promise<boolean> {
    return this.#confirmed.get(origin) ?? this.#asked.get(origin) ?? this.#askOnce(origin);
  }

  /** Forgets what the tenant source confirmed, and does not keep what it is about to say. */
  forget(): void {
    this.#confirmed.clear();
    this.#asked.clear();
  }

  #askOnce(origin: string): Promise<boolean> {
    const answer = this.#ask(origin).then(
      (isKnown) => {
        const ttl = isKnown ? this.#maxAgeMs : Math.min(STRANGER_MS, this.#maxAgeMs);
        if (this.#finish(origin, answer)) this.#confirmed.set(origin, isKnown, { ttl });
        return isKnown;
      },
      (error: unknown) => {
        this.#finish(origin, answer);
        throw error;
      },
    );
    this.#asked.set(origin, answer);
    return answer;
  }

  /** Whether an answer that has come still counts. */
  #finish(origin: string, answer: Promise<boolean>): boolean {
    return this.#asked.get(origin) === answer && this.#asked.delete(origin);
  }
}
