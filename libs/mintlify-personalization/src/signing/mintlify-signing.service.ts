import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Telemetry } from '../audit/telemetry.js';
import { isOwnError, MintlifyPersonalizationError, nameTenant } from '../errors.js';
import type { SigningKeyHandle } from '../keys/signing-key-handle.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import {
  resolveRedirectTarget,
  type RedirectParameters,
  type RedirectRefusal,
} from '../redirect/redirect-target.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { CLOCK, type Clock } from '../time/clock.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { createTokenClaims, minRemainingMs } from '../mintlify/token-claims.js';
import { fitRedirectUrl } from './fit-redirect-url.js';
import { assertSignature, createSigningInput, joinToken, signBytes } from './sign-token.js';
import { VIEW_AS_URLS, type ViewAsOptions, type ViewAsUrls } from './view-as-urls.js';

const LONG_URL = 3_072;

/** The options of {@link MintlifySigningService}. */
export interface SigningOptions {
  /**
   * The tenant to sign for. Default: the tenant that `IdentityService` found for this user object. For any other object,
   * also for a copy of an identified user, it is the default docs site.
   */
  tenantId?: string;
}

/**
 * Signs tokens for the docs. Inject it wherever you need it: in your own controller, a GraphQL resolver, a job.
 *
 * @example
 * ```ts
 * @Controller('support')
 * export class SupportController {
 *   constructor(@Inject(MintlifySigningService) private readonly docs: MintlifySigningService) {}
 *
 *   @Get('docs')
 *   @Redirect()
 *   async open(@Req() request: { user: Account }) {
 *     return { url: await this.docs.createRedirectUrl({ groups: request.user.roles }, { redirect: '/support' }) };
 *   }
 * }
 * ```
 */
@Injectable()
export class MintlifySigningService {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #maxRedirectUrlLength: number;
  readonly #tenants: TenantRegistry;
  readonly #clock: Clock;
  readonly #audit: AuditRecorder;
  readonly #telemetry: Telemetry;
  readonly #moduleRef: ModuleRef;

  /** @internal Created by the module. */
  constructor(
    @Inject(RESOLVED_OPTIONS) { maxRedirectUrlLength }: ResolvedOptions,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(CLOCK) clock: Clock,
    @Inject(AuditRecorder) audit: AuditRecorder,
    @Inject(Telemetry) telemetry: Telemetry,
    @Inject(ModuleRef) moduleRef: ModuleRef,
  ) {
    this.#maxRedirectUrlLength = maxRedirectUrlLength;
    this.#tenants = tenants;
    this.#clock = clock;
    this.#audit = audit;
    this.#telemetry = telemetry;
    this.#moduleRef = moduleRef;
  }

  /**
   * Validates a user and signs a JWT that the docs accept for `tokenLifetimeSeconds`.
   *
   * Send the token to the visitor at once: it expires after ten seconds at most. It is a bearer token: never log it, and
   * never put it into a query.
   *
   * @returns a JWS in compact form (RFC 7515, section 7.1)
   * @throws InvalidMintlifyUserError if the user breaks the User format or a limit
   * @throws MintlifyPersonalizationError `signer_failed`, `signer_timeout`, `signer_unavailable`, `token_stale`;
   * `unknown_tenant` and the errors of the tenant source; `tenant_mismatch` if the user was identified for another tenant
   */
  sign(user: MintlifyUser, options: SigningOptions = {}): Promise<string> {
    try {
      const found = this.tenantOf(user, options);
      // Not `async`: a second promise would cost too much compared with a signature.
      return found instanceof Promise
        ? found.then((tenant) => this.#sign(tenant, validate(tenant, user)))
        : this.#sign(found, validate(found, user));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Creates the URL to redirect the visitor to: the docs page, with the token in the fragment.
   *
   * If `redirect` leaves the docs site, the URL is that of the front page, not an error.
   *
   * @param parameters `redirect`: a page, relative to the docs; `anchor`: an anchor on it. Pass them as they are in the
   * query: they need not be trusted.
   * @throws the errors of {@link sign}, and `redirect_url_too_long`
   */
  async createRedirectUrl(
    user: MintlifyUser,
    parameters: RedirectParameters = {},
    options: SigningOptions = {},
  ): Promise<string> {
    const found = this.tenantOf(user, options);
    const tenant = found instanceof Promise ? await found : found;
    return this.createRedirectUrlFor(tenant, validate(tenant, user), parameters);
  }

  /**
   * Creates the URL at which an actor sees the docs as another person does, for 15 minutes at most. The docs learn what the
   * claim mapper returns for that person, with `content.viewingAs` and without `apiPlaygroundInputs`. There is one audit
   * event, `view_as.started` or `view_as.refused`, with both people and the reason. Needs the option `viewAs`.
   *
   * @param actor the principal of the person who will open the URL
   * @param subject the id of the account whose docs it shows, as `audit.subject` returns it
   * @param options `reason` is required; `redirect` and `anchor` as for {@link createRedirectUrl}
   * @throws MintlifyPersonalizationError `view_as_denied` if the policy does not allow it, or there is no such account;
   * `view_as_invalid` for a wrong subject or reason; `view_as_policy_failed`, `view_as_policy_timeout`; `unauthenticated`
   * without an actor; `invalid_option` without the option `viewAs`; and the errors of `identify` and
   * {@link createRedirectUrl}
   * @example
   * ```ts
   * const url = await signing.createViewAsUrl(request.user, ticket.accountId, { reason: `Ticket ${ticket.id}` });
   * ```
   */
  async createViewAsUrl(actor: unknown, subject: string, options: ViewAsOptions): Promise<string> {
    return this.#moduleRef.get<ViewAsUrls>(VIEW_AS_URLS, { strict: true }).createUrl(actor, subject, options);
  }

  /**
   * Like {@link createRedirectUrl}, for a known tenant and a validated user.
   *
   * @internal
   */
  async createRedirectUrlFor(
    tenant: Tenant,
    user: ValidMintlifyUser,
    parameters: RedirectParameters,
  ): Promise<string> {
    const { site } = tenant;
    const target = resolveRedirectTarget(site, parameters);
    if (target.refused) this.#recordRefusal(tenant, target.refused);
    const token = await this.#sign(tenant, user);
    const { url, refused } = fitRedirectUrl(site, target, token, this.#maxRedirectUrlLength, tenant.id);
    if (refused !== undefined && refused !== target.refused) this.#recordRefusal(tenant, refused);
    if (url.length >= LONG_URL) {
      this.#logger.warn(
        `${describe(tenant)}A redirect URL is ${url.length} characters long, and some proxies only accept 4 KB. ` +
          'Let the claim mapper return less.',
      );
    }
    return url;
  }

  /**
   * The tenant to sign for.
   *
   * @internal
   */
  tenantOf(user: MintlifyUser, { tenantId }: SigningOptions): Tenant | Promise<Tenant> {
    const owner = this.#tenants.ownerOf(user);
    if (owner === undefined) return this.#tenants.get(tenantId);
    if (tenantId === undefined || tenantId === owner.id) return owner;
    throw new MintlifyPersonalizationError(
      'tenant_mismatch',
      `The user was identified for ${owner.id === undefined ? 'the default docs site' : 'it'}, but tenantId is another ` +
        'tenant. Leave tenantId out.',
      { tenantId: owner.id },
    );
  }

  /** Only one asynchronous step: more would cost too much compared with a signature. */
  async #sign(tenant: Tenant, user: ValidMintlifyUser): Promise<string> {
    try {
      // Read once, so that header and signature belong to the same key.
      const key = tenant.key?.current ?? noKey();
      const { site, claims, tokenLifetimeSeconds } = tenant;
      const payload = createTokenClaims(user, site, claims, this.#clock.now(), tokenLifetimeSeconds);
      const signingInput = createSigningInput(key, payload);
      let signature: Uint8Array;
      try {
        signature = await this.#telemetry.step('sign', () => signBytes(key, signingInput));
        assertSignature(signature);
      } catch (cause) {
        throw this.#signerFailure(tenant, key, cause);
      }
      this.#assertFresh(payload.exp, tokenLifetimeSeconds);
      return joinToken(signingInput, signature);
    } catch (error) {
      throw nameTenant(tenant.id, error);
    }
  }

  /** After slow signing or a clock change, the docs might reject the token: throw instead. */
  #assertFresh(exp: number, tokenLifetimeSeconds: number): void {
    const remainingMs = exp * 1_000 - this.#clock.now();
    if (remainingMs >= minRemainingMs(tokenLifetimeSeconds) && remainingMs <= tokenLifetimeSeconds * 1_000)
      return;
    throw new MintlifyPersonalizationError(
      'token_stale',
      'Signing took too long, or the clock was changed in the meantime. Try again. If it keeps failing, ' +
        'check the signer and the time synchronization.',
    );
  }

  #signerFailure({ id: tenantId }: Tenant, { keyId }: SigningKeyHandle, cause: unknown): Error {
    const failure = signerFailure(cause);
    this.#audit.record({ type: 'signer.failed', outcome: failure.code, tenantId, keyId });
    return failure;
  }

  /** Without the requested URL, which may be personal or hostile. */
  #recordRefusal({ id: tenantId }: Tenant, outcome: RedirectRefusal): void {
    this.#audit.record({ type: 'redirect.refused', outcome, tenantId });
  }
}

function validate(tenant: Tenant, user: MintlifyUser): ValidMintlifyUser {
  try {
    return tenant.users.validate(user);
  } catch (error) {
    throw nameTenant(tenant.id, error);
  }
}

/** The start of a log message. */
function describe({ id }: Tenant): string {
  return id === undefined ? '' : `Tenant "${id}": `;
}

function noKey(): never {
  throw new MintlifyPersonalizationError('invalid_option', 'signingKey is not set. Set it to sign tokens.');
}

function signerFailure(cause: unknown): MintlifyPersonalizationError {
  if (isOwnError(cause)) return cause;
  return new MintlifyPersonalizationError(
    'signer_failed',
    'The token signer threw an error. See the cause.',
    { cause },
  );
}
