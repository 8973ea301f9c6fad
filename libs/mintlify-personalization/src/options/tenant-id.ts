import { invalidOptionError } from './invalid-option-error.js';

const TENANT_ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/**
 * Whether a value can be the id of a tenant. Names that every object inherits, such as `constructor`, cannot: a tenant
 * source that looks ids up in a plain object would find them.
 *
 * @internal
 */
export function isTenantId(value: unknown): value is string {
  return typeof value === 'string' && TENANT_ID.test(value) && !(value in Object.prototype);
}

/**
 * Throws if a value in code or configuration cannot be the id of a tenant.
 *
 * @internal
 * @param where for the message: `'tenants'`
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertTenantId(where: string, value: unknown): asserts value is string {
  if (isTenantId(value)) return;
  throw invalidOptionError(
    where,
    `has ${typeof value === 'string' ? `the tenant id "${value}"` : 'a tenant id that is not a string'}`,
    `Use an id that matches ${TENANT_ID.source} and is not "constructor".`,
  );
}
