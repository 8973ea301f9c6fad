import { Logger } from '@nestjs/common';
import { isOwnError, stackOf } from '../errors.js';
import { isVisitorRefusal } from '../ports/visitor-refusal.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import type { Tenant } from './tenant.js';

/** How long to wait after a failure before a known tenant is loaded again. */
const RETRY_MS = 5_000;
/** The size of a tenant, where a load has the size 1: loads of ids that do not exist must not evict tenants. */
const TENANT_SIZE = 1_000;

/**
 * Caches the tenants of a tenant source. Number and age are limited.
 *
 * A tenant that is older than `maxAgeMs` is used while it is loaded again, and up to twice that age while loading fails.
 * If the source refuses it with 401 or 403, it is no longer used.
 * Failures and unknown tenants are not cached, since a tenant may be added at any time.
 *
 * @internal
 */
export class TenantCache extends StaleWhileRevalidateCache<Tenant> {
  /** @param load rejects with `unknown_tenant` for a tenant that does not exist */
  constructor(
    load: (tenantId: string, isKnown: boolean) => Promise<Tenant>,
    { max, maxAgeMs }: { readonly max: number; readonly maxAgeMs: number },
    clock: MonotonicClock,
  ) {
    const logger = new Logger('MintlifyPersonalization');
    super(
      {
        load,
        maxAgeMs,
        maxStaleMs: 2 * maxAgeMs,
        retryMs: RETRY_MS,
        // The rest is less than one tenant, but enough for all concurrent loads.
        maxSize: max * TENANT_SIZE + TENANT_SIZE - 1,
        sizeOf: () => TENANT_SIZE,
        isGone,
        onFailure: (id, error) =>
          logger.error(`Tenant "${id}" could not be loaded again${whyGone(error)}.`, stackOf(error)),
      },
      clock,
    );
  }
}

function whyGone(error: unknown): string {
  if (isVisitorRefusal(error)) return ': the tenant source refused its visitors';
  return isGone(error) ? ': it no longer exists' : '';
}

function isGone(error: unknown): boolean {
  return isVisitorRefusal(error) || (isOwnError(error) && error.code === 'unknown_tenant');
}
