import { Inject, Injectable } from '@nestjs/common';
import { Telemetry } from '../audit/telemetry.js';
import { isOwnError, MintlifyPersonalizationError, nameTenant, type MintlifyErrorCode } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { ClaimMappingContext } from '../ports/claim-mapper.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { withDeadline, type Deadline } from '../time/deadline.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { isPrincipal } from './principal.js';

/**
 * Says who a principal is to the docs: tenant, then claim mapper, then validator. Every handshake takes this first
 * step. The user remembers the tenant: `MintlifySigningService` signs for that one.
 *
 * @example
 * ```ts
 * const user = await identity.identify(request.user, request);
 * const url = await signing.createRedirectUrl(user, { redirect: '/quickstart' });
 * ```
 */
@Injectable()
export class IdentityService {
  // Of the options no more than this: they hold keys, and a service may be printed.
  readonly #mapperTimeoutMs: number;
  readonly #tenants: TenantRegistry;
  readonly #telemetry: Telemetry;

  /** @internal The module makes it. */
  constructor(
    @Inject(RESOLVED_OPTIONS) { mapperTimeoutMs }: ResolvedOptions,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(Telemetry) telemetry: Telemetry,
  ) {
    this.#mapperTimeoutMs = mapperTimeoutMs;
    this.#tenants = tenants;
    this.#telemetry = telemetry;
  }

  /**
   * Finds the tenant of a principal, maps the principal and validates the result.
   *
   * @param principal what the host's guard put on `request.user`
   * @param request handed to the tenant resolver and to the mapper; also the scope of a request-scoped one
   * @throws InvalidMintlifyUserError when the mapper's result breaks the User format or a limit
   * @throws MintlifyPersonalizationError `unauthenticated` without a principal, `unknown_tenant`,
   * `claim_mapper_failed`, `claim_mapper_timeout`, and those of the tenant's ports
   */
  identify(principal: unknown, request: unknown): Promise<ValidMintlifyUser> {
    return this.identifyAdmitted(admitAll, principal, request);
  }

  /**
   * As {@link identify}, for a request that only some tenants admit.
   *
   * @internal
   * @param admit throws, once the tenant is known and before the mapper is called, where the tenant does not
   */
  async identifyAdmitted(
    admit: (tenant: Tenant) => void,
    principal: unknown,
    request: unknown,
  ): Promise<ValidMintlifyUser> {
    if (!isPrincipal(principal)) {
      throw new MintlifyPersonalizationError(
        'unauthenticated',
        'There is no principal: no guard put one on request.user. Mount a guard that does.',
      );
    }
    const found = this.#tenants.find(principal, request);
    const tenant = found instanceof Promise ? await found : found;
    try {
      admit(tenant);
      const user = await this.#telemetry.step('map', () => this.#map(tenant, principal, request));
      return this.#telemetry.step('validate', () => tenant.users.validateFor(tenant, user));
    } catch (error) {
      throw nameTenant(tenant.id, error);
    }
  }

  async #map(tenant: Tenant, principal: unknown, request: unknown): Promise<MintlifyUser> {
    const mapperTimeoutMs = this.#mapperTimeoutMs;
    const timeout = (): Error => mapperTimeout(mapperTimeoutMs);
    try {
      return await withDeadline(
        (deadline) => callMapper(tenant, principal, request, deadline),
        mapperTimeoutMs,
        timeout,
      );
    } catch (cause) {
      // No other code is a mapper's to give: it would be taken for the library's own.
      if (isOwnError(cause) && OWN_CODES.has(cause.code)) throw cause;
      throw new MintlifyPersonalizationError(
        'claim_mapper_failed',
        'The claim mapper threw an error: see its cause.',
        {
          cause,
        },
      );
    }
  }
}

/** What this library says of a mapper. */
const OWN_CODES: ReadonlySet<MintlifyErrorCode> = new Set(['claim_mapper_missing', 'claim_mapper_timeout']);

function admitAll(): void {}

/** Without a promise wherever the mapper needs none: most mappers only rearrange the principal. */
function callMapper(
  { id: tenantId, site, mapper: lookup }: Tenant,
  principal: unknown,
  request: unknown,
  deadline: Deadline,
): MintlifyUser | Promise<MintlifyUser> {
  const context: ClaimMappingContext = {
    ...(tenantId !== undefined && { tenantId }),
    site,
    request,
    get signal() {
      return deadline.signal;
    },
  };
  const mapper = lookup(request);
  return mapper instanceof Promise
    ? mapper.then((resolved) => resolved.map(principal, context))
    : mapper.map(principal, context);
}

function mapperTimeout(timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'claim_mapper_timeout',
    `The claim mapper took longer than mapperTimeoutMs (${timeoutMs} ms). Make it faster, or allow more.`,
  );
}
