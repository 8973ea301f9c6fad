import { isOwnError, MintlifyPersonalizationError, nameTenant, type MintlifyErrorCode } from '../errors.js';
import { isTenantId } from '../options/tenant-id.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import { withDeadline, type Deadline } from '../time/deadline.js';
import { CallLimit } from './call-limit.js';

/** How many calls of each kind a process has of the tenant source at once: a source answers from an index. */
export const MAX_SOURCE_CALLS = 64;

type Port = 'resolver' | 'source';

/** The options that bound the calls. */
interface CallOptions {
  readonly tenantTimeoutMs: number;
  readonly maxConcurrentHandshakes: number;
}

/**
 * Calls the host app's tenant resolver and tenant source: bounded in time and in number, and with errors of this library
 * alone.
 *
 * What is known already has a limit of its own: requests that name tenants and origins at random do not keep those that
 * are in use from being loaded again.
 *
 * @internal
 */
export class TenantCalls {
  readonly #timeoutMs: number;
  readonly #resolutions: CallLimit;
  readonly #loads = sourceLimit('load');
  readonly #reloads = sourceLimit('load');
  readonly #originLookups = sourceLimit('knowsOrigin');
  readonly #originRechecks = sourceLimit('knowsOrigin');

  constructor({ tenantTimeoutMs, maxConcurrentHandshakes: max }: CallOptions) {
    this.#timeoutMs = tenantTimeoutMs;
    this.#resolutions = new CallLimit(
      max,
      `tenantResolver.resolve() is running maxConcurrentHandshakes (${max}) times. Make it faster, or allow more.`,
    );
  }

  /**
   * Asks the tenant resolver for the id of a visitor's tenant. Without a promise where it answers without one.
   *
   * @throws MintlifyPersonalizationError `tenant_resolver_failed`, `tenant_resolver_timeout` or `overloaded`
   */
  findTenantId(resolver: TenantResolver, principal: unknown, request: unknown): unknown {
    return this.#call('resolver', undefined, this.#resolutions, () => resolver.resolve(principal, request));
  }

  /**
   * Asks the tenant source for the options of a tenant.
   *
   * @param isKnown whether the tenant is in use already
   * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed`, `tenant_source_timeout` or `overloaded`
   */
  async loadOptions(source: TenantSource | undefined, tenantId: string, isKnown: boolean): Promise<object> {
    const limit = isKnown ? this.#reloads : this.#loads;
    const options: unknown = await this.#call('source', tenantId, limit, ({ signal }) =>
      source?.load(tenantId, signal),
    );
    if (options === undefined || options === null) throw unknownTenant(tenantId);
    return options;
  }

  /**
   * Asks the tenant source whether a tenant's docs are at an origin.
   *
   * @param isKnown whether they were, when it was asked before
   * @throws MintlifyPersonalizationError `tenant_source_failed`, `tenant_source_timeout` or `overloaded`
   */
  async knowsOrigin(source: TenantSource | undefined, origin: string, isKnown: boolean): Promise<boolean> {
    const limit = isKnown ? this.#originRechecks : this.#originLookups;
    return (await this.#call('source', undefined, limit, () => source?.knowsOrigin?.(origin))) === true;
  }

  #call<T>(
    port: Port,
    tenantId: string | undefined,
    limit: CallLimit,
    task: (deadline: Deadline) => T | PromiseLike<T>,
  ): T | Promise<T> {
    try {
      const answer = limit.run(() =>
        withDeadline(task, this.#timeoutMs, (timeoutMs) => timeoutError(port, tenantId, timeoutMs)),
      );
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((cause: unknown) => fail(port, tenantId, cause));
    } catch (cause) {
      return fail(port, tenantId, cause);
    }
  }
}

/** @internal The error for a tenant that does not exist. Repeats no id that does not look like one. */
export function unknownTenant(tenantId: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    isTenantId(tenantId)
      ? 'There is no such tenant. Add it to the option tenants, or to what the tenant source reads.'
      : 'What the tenant resolver, or the caller as tenantId, gave is not the id of a tenant. Give an id, or undefined for the default docs site.',
    { tenantId: isTenantId(tenantId) ? tenantId : undefined },
  );
}

function sourceLimit(method: keyof TenantSource): CallLimit {
  return new CallLimit(
    MAX_SOURCE_CALLS,
    `tenantSource.${method}() is running ${MAX_SOURCE_CALLS} times, as often as it may. Make it faster, or start more processes.`,
  );
}

function timeoutError(
  port: Port,
  tenantId: string | undefined,
  timeoutMs: number,
): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    `tenant_${port}_timeout`,
    `The tenant ${port} took longer than tenantTimeoutMs (${timeoutMs} ms). Make it faster, or allow more.`,
    { tenantId },
  );
}

/** Errors of this library are what they say, and name the tenant. */
function fail(port: Port, tenantId: string | undefined, cause: unknown): never {
  if (isOwnError(cause)) throw nameTenant(tenantId, cause);
  const code: MintlifyErrorCode = `tenant_${port}_failed`;
  throw new MintlifyPersonalizationError(code, `The tenant ${port} threw an error: see its cause.`, {
    cause,
    tenantId,
  });
}
