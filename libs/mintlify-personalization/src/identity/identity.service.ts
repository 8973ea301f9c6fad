import { Inject, Injectable } from '@nestjs/common';
import { Telemetry } from '../audit/telemetry.js';
import { isOwnError, MintlifyPersonalizationError, nameTenant, type MintlifyErrorCode } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import { isVisitorRefusal } from '../ports/visitor-refusal.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { PlaygroundKeys } from '../playground-keys/playground-keys.service.js';
import { CallContext } from '../tenancy/call-context.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { withDeadline, type Deadline } from '../time/deadline.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { assertPrincipal } from '../tenancy/principal.js';
import { VisitorSchemaChecker } from './visitor-schema-checker.js';

/** Options of `IdentityService.identify()`. */
export interface IdentifyOptions {
  /**
   * Whether the user gets the visitor's playground keys, which are issued if there are none. Set it to `false` for a user
   * that the visitor does not get, such as in a check. Default `true`.
   */
  playgroundKeys?: boolean;
}

/**
 * Turns a principal into the user that the docs see: finds the tenant, calls its claim mapper and validates the result.
 * Every handshake starts with it. `MintlifySigningService` later signs for the same tenant.
 *
 * @example
 * ```ts
 * const user = await identity.identify(request.user, request);
 * const url = await signing.createRedirectUrl(user, { redirect: '/quickstart' });
 * ```
 */
@Injectable()
export class IdentityService {
  // Not all options: they contain keys, and a service may be printed.
  readonly #mapperTimeoutMs: number;
  readonly #tenants: TenantRegistry;
  readonly #telemetry: Telemetry;
  readonly #schemas: VisitorSchemaChecker;
  readonly #keys: PlaygroundKeys;

  /** @internal Created by the module. */
  constructor(
    @Inject(RESOLVED_OPTIONS) { mapperTimeoutMs }: ResolvedOptions,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(Telemetry) telemetry: Telemetry,
    @Inject(VisitorSchemaChecker) schemas: VisitorSchemaChecker,
    @Inject(PlaygroundKeys) keys: PlaygroundKeys,
  ) {
    this.#mapperTimeoutMs = mapperTimeoutMs;
    this.#tenants = tenants;
    this.#telemetry = telemetry;
    this.#schemas = schemas;
    this.#keys = keys;
  }

  /**
   * Finds the tenant of a principal, maps the principal, adds the playground keys of the visitor and validates the result.
   *
   * @param principal what your guard put on `request.user`
   * @param request passed to the tenant resolver and to the mapper; it is the scope of a request-scoped mapper
   * @throws InvalidMintlifyUserError if the mapper's result breaks the User format, a limit or its visitor schema
   * @throws MintlifyPersonalizationError `unauthenticated` without a principal, `unknown_tenant`,
   * `claim_mapper_failed`, `claim_mapper_timeout`, and the errors of the tenant resolver and the tenant source;
   * `playground_key_failed`, `playground_key_timeout` if `playgroundKeys.onFailure` is `'refuse'`
   * @throws HttpException the 401 or 403 that the mapper, the resolver or the source threw, unchanged
   */
  async identify(
    principal: unknown,
    request: unknown,
    { playgroundKeys = true }: IdentifyOptions = {},
  ): Promise<ValidMintlifyUser> {
    assertPrincipal(principal);
    const tenant = await this.#tenants.find(principal, request);
    const user = await (playgroundKeys
      ? this.identifyFor(tenant, principal, request)
      : this.identifyWithoutKeys(tenant, principal, request));
    this.#tenants.rememberOwner(user, tenant);
    return user;
  }

  /**
   * Like {@link identify}, for a known tenant. Synchronous if the mapper is, and the tenant has no issuer of playground keys.
   *
   * @internal
   */
  identifyFor(
    tenant: Tenant,
    principal: unknown,
    request: unknown,
  ): ValidMintlifyUser | Promise<ValidMintlifyUser> {
    const mapped = this.#mapValid(tenant, principal, request);
    const complete = then(mapped, (user) => this.#keys.addTo(tenant, principal, request, user));
    return then(complete, (user) => this.#schemas.check(tenant, user));
  }

  /**
   * Like {@link identifyFor}, without playground keys: for a user that someone else than the visitor sees.
   *
   * @internal
   */
  identifyWithoutKeys(
    tenant: Tenant,
    principal: unknown,
    request: unknown,
  ): ValidMintlifyUser | Promise<ValidMintlifyUser> {
    return then(this.#mapValid(tenant, principal, request), (user) => this.#schemas.check(tenant, user));
  }

  #mapValid(
    tenant: Tenant,
    principal: unknown,
    request: unknown,
  ): ValidMintlifyUser | Promise<ValidMintlifyUser> {
    const mapped = this.#telemetry.step('map', () => this.#map(tenant, principal, request));
    return then(mapped, (user) => this.validateFor(tenant, user));
  }

  /**
   * Validates a user for a known tenant.
   *
   * @internal
   * @throws InvalidMintlifyUserError
   */
  validateFor(tenant: Tenant, user: MintlifyUser): ValidMintlifyUser {
    try {
      return this.#telemetry.step('validate', () => tenant.users.validate(user));
    } catch (error) {
      throw nameTenant(tenant.id, error);
    }
  }

  #map(tenant: Tenant, principal: unknown, request: unknown): MintlifyUser | Promise<MintlifyUser> {
    try {
      const mapped = withDeadline(
        (deadline) => callMapper(tenant, principal, request, deadline),
        this.#mapperTimeoutMs,
        mapperTimeout,
      );
      if (!(mapped instanceof Promise)) return mapped;
      return mapped.catch((error: unknown) => {
        throw nameTenant(tenant.id, mapperFailure(error));
      });
    } catch (error) {
      throw nameTenant(tenant.id, mapperFailure(error));
    }
  }
}

/** Goes on at once with a value, and later with a promise. */
function then<T, R>(value: T | Promise<T>, step: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(step) : step(value);
}

/** The codes of this library's own errors about a mapper. */
const OWN_CODES: ReadonlySet<MintlifyErrorCode> = new Set(['claim_mapper_missing', 'claim_mapper_timeout']);

/**
 * If a mapper throws an error with another code of this library, it must not be mistaken for the library's own. A 401 or
 * 403 of the mapper is its decision about the visitor.
 */
function mapperFailure(cause: unknown): Error {
  if (isVisitorRefusal(cause)) return cause;
  if (isOwnError(cause) && OWN_CODES.has(cause.code)) return cause;
  return new MintlifyPersonalizationError(
    'claim_mapper_failed',
    'The claim mapper threw an error. See the cause.',
    { cause },
  );
}

/** Synchronous if the mapper is: most mappers only rearrange the principal. */
function callMapper(
  tenant: Tenant,
  principal: unknown,
  request: unknown,
  deadline: Deadline,
): MintlifyUser | Promise<MintlifyUser> {
  const context = new CallContext(tenant, request, deadline);
  const mapper = tenant.mapper(request);
  return mapper instanceof Promise
    ? mapper.then((resolved) => resolved.map(principal, context))
    : mapper.map(principal, context);
}

function mapperTimeout(timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'claim_mapper_timeout',
    `The claim mapper took longer than mapperTimeoutMs (${timeoutMs} ms). Make it faster, or raise mapperTimeoutMs.`,
  );
}
