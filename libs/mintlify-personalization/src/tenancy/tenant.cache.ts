import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import type { Tenant } from './tenant.js';

/** How long after a failure the tenant source is left alone about a tenant that is still known. */
const RETRY_MS = 5_000;

interface Entry {
  readonly tenant: Tenant;
  /** From then on it is loaded again; on the monotonic clock. */
  refreshAt: number;
}

/**
 * The tenants of a tenant source, as they were loaded last: bounded in number and in age.
 *
 * One load runs at a time for each tenant. A tenant that is older than `maxAgeMs` is used while it is loaded again,
 * and up to twice that age while that fails. A failure is not kept, nor is the news that there is no such tenant.
 */
export class TenantCache {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #load: (tenantId: string) => Promise<Tenant>;
  readonly #maxAgeMs: number;
  readonly #clock: MonotonicClock;
  readonly #entries: LRUCache<string, Entry>;
  readonly #loads = new Map<string, Promise<Tenant>>();

  /** @param load ends in an error `unknown_tenant` for a tenant that does not exist */
  constructor(
    load: (tenantId: string) => Promise<Tenant>,
    limits: { readonly max: number; readonly maxAgeMs: number },
    clock: MonotonicClock,
  ) {
    this.#load = load;
    this.#maxAgeMs = limits.maxAgeMs;
    this.#clock = clock;
    this.#entries = new LRUCache({
      max: limits.max,
      ttl: 2 * limits.maxAgeMs,
      ttlResolution: 0,
      perf: clock,
    });
  }

  /** A tenant: at once where it is known, else when it is loaded. */
  get(tenantId: string): Tenant | Promise<Tenant> {
    const entry = this.#entries.get(tenantId);
    if (entry === undefined) return this.#loadOnce(tenantId);
    if (this.#clock.now() >= entry.refreshAt && !this.#loads.has(tenantId)) this.#refresh(tenantId, entry);
    return entry.tenant;
  }

  /** Forgets a tenant. A load that is on its way is not kept either: it may have begun before the change. */
  delete(tenantId: string): void {
    this.#entries.delete(tenantId);
    this.#loads.delete(tenantId);
  }

  #refresh(tenantId: string, entry: Entry): void {
    this.#loadOnce(tenantId).catch((error: unknown) => {
      entry.refreshAt = this.#clock.now() + Math.min(RETRY_MS, this.#maxAgeMs);
      this.#logger.error(
        `Tenant "${tenantId}" could not be loaded again${isUnknown(error) ? ': it is gone.' : '.'}`,
        stackOf(error),
      );
    });
  }

  #loadOnce(tenantId: string): Promise<Tenant> {
    const running = this.#loads.get(tenantId);
    if (running !== undefined) return running;
    const load = this.#load(tenantId).then(
      (tenant) => {
        if (this.#finish(tenantId, load)) {
          this.#entries.set(tenantId, { tenant, refreshAt: this.#clock.now() + this.#maxAgeMs });
        }
        return tenant;
      },
      (error: unknown) => {
        if (this.#finish(tenantId, load) && isUnknown(error)) this.#entries.delete(tenantId);
        throw error;
      },
    );
    this.#loads.set(tenantId, load);
    return load;
  }

  /** Whether a load that has ended still counts. */
  #finish(tenantId: string, load: Promise<Tenant>): boolean {
    return this.#loads.get(tenantId) === load && this.#loads.delete(tenantId);
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof MintlifyPersonalizationError && error.code === 'unknown_tenant';
}
