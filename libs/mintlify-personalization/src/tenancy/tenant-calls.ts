import { isOwnError, MintlifyPersonalizationError, nameTenant, type MintlifyErrorCode } from '../errors.js';
import { isTenantId } from '../options/tenant-id.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import { isVisitorRefusal } from '../ports/visitor-refusal.js';
import { withDeadline, type Deadline } from '../time/deadline.js';
import { CallLimit } from './call-limit.js';

/** How many concurrent calls of each kind a process makes to the tenant source, which should be fast. */
export const MAX_SOURCE_CALLS = 64;

type Port = 'resolver' | 'source';

/** The options that limit the calls. */
interface CallOptions {
  readonly tenantTimeoutMs: number;
  readonly maxConcurrentHandshakes: number;
}

/**
 * Calls the host app's tenant resolver and tenant source, with limits for duration and number. All errors are errors of
 * this library.
 *
 * Reloads have a separate limit: requests with random tenants and origins must not block the reloads of those in use.
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
      `tenantResolver.resolve() is running maxConcurrentHandshakes (${max}) times. Make it faster, or raise the option.`,
    );
  }

  /**
   * Asks the tenant resolver for the id of a visitor's tenant. Synchronous if the resolver is.
   *
   * @throws MintlifyPersonalizationError `tenant_resolver_failed`, `tenant_resolver_timeout` or `overloaded`
   * @throws HttpException the 401 or 403 that the resolver threw
   */
  findTenantId(resolver: TenantResolver, principal: unknown, request: unknown): unknown {
    return this.#call('resolver', undefined, this.#resolutions, () => resolver.resolve(principal, request));
  }

  /**
   * Asks the tenant source for the options of a tenant.
   *
   * @param isKnown whether the tenant is already cached
   * @throws MintlifyPersonalizationError `unknown_tenant`, `tenant_source_failed`, `tenant_source_timeout` or `overloaded`
   * @throws HttpException the 401 or 403 that the source threw
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
   * Asks the tenant source whether any tenant has docs at an origin.
   *
   * @param isKnown whether the origin is already cached
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

/** @internal The error for a tenant that does not exist. Only quotes ids that look like tenant ids. */
export function unknownTenant(tenantId: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    isTenantId(tenantId)
      ? 'There is no such tenant. Add it to the option tenants, or to the data of the tenant source.'
      : 'The result of the tenant resolver, or the tenantId, is not a tenant id. Use an id, or undefined for the default docs site.',
    { tenantId: isTenantId(tenantId) ? tenantId : undefined },
  );
}

function sourceLimit(method: keyof TenantSource): CallLimit {
  return new CallLimit(
    MAX_SOURCE_CALLS,
    `tenantSource.${method}() is running ${MAX_SOURCE_CALLS} times, which is the maximum. Make it faster, or start more processes.`,
  );
}

function timeoutError(
  port: Port,
  tenantId: string | undefined,
  timeoutMs: number,
): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    `tenant_${port}_timeout`,
    `The tenant ${port} took longer than tenantTimeoutMs (${timeoutMs} ms). Make it faster, or raise tenantTimeoutMs.`,
    { tenantId },
  );
}

/**
 * Errors of this library are kept, with the tenant added, and so are refusals of the visitor. Others become
 * `tenant_…_failed`.
 */
function fail(port: Port, tenantId: string | undefined, cause: unknown): never {
  if (isVisitorRefusal(cause) && isAboutVisitor(port, tenantId)) throw cause;
  if (isOwnError(cause)) throw nameTenant(tenantId, cause);
  const code: MintlifyErrorCode = `tenant_${port}_failed`;
  throw new MintlifyPersonalizationError(code, `The tenant ${port} threw an error. See the cause.`, {
    cause,
    tenantId,
  });
}

/** The source is also asked about origins: no visitor is known then. */
function isAboutVisitor(port: Port, tenantId: string | undefined): boolean {
  return port === 'resolver' || tenantId !== undefined;
}
