import { Logger } from '@nestjs/common';
import { isOwnError, stackOf } from '../errors.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import { StaleWhileRevalidateCache } from '../time/stale-while-revalidate-cache.js';
import type { Tenant } from './tenant.js';

/** How long after a failure the tenant source is not asked again for a tenant that is still known. */
const RETRY_MS = 5_000;
/** What a tenant takes, where a load takes 1: loads for ids that do not exist push out no tenant that does. */
const TENANT_SIZE = 1_000;

/**
 * The tenants of a tenant source, as they were loaded last: bounded in number and in age.
 *
 * A tenant that is older than `maxAgeMs` is used while it is loaded again, and up to twice that age while that fails. Not
 * kept: a failure, and that there is no such tenant, for it may be added at any time.
 *
 * @internal
 */
export class TenantCache extends StaleWhileRevalidateCache<Tenant> {
  /** @param load ends in an error `unknown_tenant` for a tenant that does not exist */
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
        // What is left over is less than a tenant, and room for more loads than ever run at once.
        maxSize: max * TENANT_SIZE + TENANT_SIZE - 1,
        sizeOf: () => TENANT_SIZE,
        isGone,
        onFailure: (id, error) =>
          logger.error(
            `Tenant "${id}" could not be loaded again${isGone(error) ? ': it is gone.' : '.'}`,
            stackOf(error),
          ),
      },
      clock,
    );
  }
}

function isGone(error: unknown): boolean {
  return isOwnError(error) && error.code === 'unknown_tenant';
}
