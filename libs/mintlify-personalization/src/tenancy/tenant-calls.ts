import { isOwnError, MintlifyPersonalizationError, nameTenant, type MintlifyErrorCode } from '../errors.js';
import { isTenantId } from '../options/tenant-id.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import { withDeadline, type Deadline } from '../time/deadline.js';

/**
 * Asks the tenant resolver for the id of a visitor's tenant.
 *
 * @internal
 * @throws MintlifyPersonalizationError `tenant_resolver_failed` or `tenant_resolver_timeout`
 */
export function findTenantId(
  resolver: TenantResolver,
  principal: unknown,
  request: unknown,
  timeoutMs: number,
): Promise<unknown> {
  return call('resolver', undefined, timeoutMs, () => resolver.resolve(principal, request));
}

/**
 * Asks the tenant source for the options of a tenant.
 *
 * @internal
 * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed` or `tenant_source_timeout`
 */
export async function loadTenantOptions(
  source: TenantSource | undefined,
  tenantId: string,
  timeoutMs: number,
): Promise<object> {
  const options: unknown = await call('source', tenantId, timeoutMs, ({ signal }) =>
    source?.load(tenantId, signal),
  );
  if (options === undefined || options === null) throw unknownTenant(tenantId);
  return options;
}

/**
 * Asks the tenant source whether a tenant's docs are at an origin.
 *
 * @internal
 * @throws MintlifyPersonalizationError `tenant_source_failed` or `tenant_source_timeout`
 */
export async function askForOrigin(
  source: TenantSource | undefined,
  origin: string,
  timeoutMs: number,
): Promise<boolean> {
  return (await call('source', undefined, timeoutMs, () => source?.knowsOrigin?.(origin))) === true;
}

/** @internal The error for a tenant that nobody knows. Repeats no id that does not look like one. */
export function unknownTenant(tenantId: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    isTenantId(tenantId)
      ? 'There is no such tenant. Add it to the option tenants, or to what the tenant source reads.'
      : 'What the tenant resolver, or the caller as tenantId, gave is not the id of a tenant. Give an id, or undefined for the default docs site.',
    { tenantId: isTenantId(tenantId) ? tenantId : undefined },
  );
}

async function call<T>(
  port: 'resolver' | 'source',
  tenantId: string | undefined,
  timeoutMs: number,
  task: (deadline: Deadline) => T | PromiseLike<T>,
): Promise<T> {
  const fail = (code: MintlifyErrorCode, what: string, cause?: unknown): MintlifyPersonalizationError =>
    new MintlifyPersonalizationError(code, `The tenant ${port} ${what}`, { cause, tenantId });
  try {
    return await withDeadline(task, timeoutMs, () =>
      fail(
        `tenant_${port}_timeout`,
        `took longer than tenantTimeoutMs (${timeoutMs} ms). Make it faster, or allow more.`,
      ),
    );
  } catch (cause) {
    if (isOwnError(cause)) throw nameTenant(tenantId, cause);
    throw fail(`tenant_${port}_failed`, 'threw an error: see its cause.', cause);
  }
}
