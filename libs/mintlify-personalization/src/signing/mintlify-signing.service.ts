import { types } from 'node:util';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Telemetry } from '../audit/telemetry.js';
import { isOwnError, MintlifyPersonalizationError, nameTenant } from '../errors.js';
import type { SigningKeyHandle } from '../keys/signing-key-handle.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import {
  frontPage,
  resolveRedirectTarget,
  type RedirectParameters,
  type RedirectRefusal,
} from '../redirect/redirect-target.js';
import { createRedirectUrl } from '../mintlify/redirect-url.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { CLOCK, type Clock } from '../time/clock.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { createTokenClaims, minRemainingMs } from '../mintlify/token-claims.js';

/** r‖s of ES256 and R‖S of EdDSA alike. */
const SIGNATURE_BYTES = 64;
const LONG_URL = 3_072;

/** Whose docs a user is signed for. */
export interface SigningOptions {
  /**
   * The tenant. Default: the one that `IdentityService` found for this user, and for a user of your own making the
   * default docs site. A copy of an identified user is one of your own making: it has forgotten its tenant.
   */
  tenantId?: string;
}

/**
 * Signs users for the docs. Inject it anywhere: a controller of your own, a GraphQL resolver, a job.
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

  /** @internal The module makes it. */
  constructor(
    @Inject(RESOLVED_OPTIONS) { maxRedirectUrlLength }: ResolvedOptions,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(CLOCK) clock: Clock,
    @Inject(AuditRecorder) audit: AuditRecorder,
    @Inject(Telemetry) telemetry: Telemetry,
  ) {
    this.#maxRedirectUrlLength = maxRedirectUrlLength;
    this.#tenants = tenants;
    this.#clock = clock;
    this.#audit = audit;
    this.#telemetry = telemetry;
  }

  /**
   * Validates a user and signs a JWT that the docs accept for `tokenLifetimeSeconds`.
   *
   * Sign for the visitor who is there now, and send the token at once: it lives ten seconds and is a bearer
   * token (RFC 7519). Never log it or put it in a query.
   *
   * @returns a JWS in compact form (RFC 7515, section 7.1)
   * @throws InvalidMintlifyUserError when the user breaks the User format or a limit
   * @throws MintlifyPersonalizationError `signer_failed`, `signer_timeout`, `signer_unavailable`, `token_stale`; `unknown_tenant` and
   * those of the tenant source; `tenant_mismatch` for a user who was identified for another tenant
   */
  sign(user: MintlifyUser, options: SigningOptions = {}): Promise<string> {
    try {
      const found = this.#tenantOf(user, options);
      // Not `async`: a second promise around that of `#sign` would be felt next to a signature.
      return found instanceof Promise
        ? found.then((tenant) => this.#sign(tenant, validate(tenant, user)))
        : this.#sign(found, validate(found, user));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * The whole address to send the visitor to: the docs page, with the token in the fragment.
   *
   * A `redirect` that leaves the docs site is never an error: the visitor goes to the front page.
   *
   * @param parameters `redirect`: a page, relative to the docs; `anchor`: a place on it. As they came in the
   * query; both may be hostile.
   * @throws what {@link sign} throws, and `redirect_url_too_long`
   */
  async createRedirectUrl(
    user: MintlifyUser,
    parameters: RedirectParameters = {},
    options: SigningOptions = {},
  ): Promise<string> {
    const found = this.#tenantOf(user, options);
    const tenant = found instanceof Promise ? await found : found;
    return this.createRedirectUrlFor(tenant, validate(tenant, user), parameters);
  }

  /**
   * As {@link createRedirectUrl}, where the tenant is known and the user has passed its validator.
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
    let url = createRedirectUrl(site, target, token);
    if (url.length > this.#maxRedirectUrlLength) {
      // The page and the anchor came with the request, the rest is ours: drop theirs before giving up.
      url = createRedirectUrl(site, frontPage(site), token);
      if (url.length > this.#maxRedirectUrlLength) {
        throw tooLong(url.length, this.#maxRedirectUrlLength, tenant.id);
      }
      this.#recordRefusal(tenant, 'too_long');
    }
    if (url.length >= LONG_URL) {
      this.#logger.warn(
        `${describe(tenant)}A redirect URL is ${url.length} characters long. Some proxies stop at 4 KB: send the ` +
          'docs a smaller user.',
      );
    }
    return url;
  }

  #tenantOf(user: MintlifyUser, { tenantId }: SigningOptions): Tenant | Promise<Tenant> {
    const owner = this.#tenants.ownerOf(user);
    if (owner === undefined) return this.#tenants.get(tenantId);
    if (tenantId === undefined || tenantId === owner.id) return owner;
    throw new MintlifyPersonalizationError(
      'tenant_mismatch',
      `The user was identified for ${owner.id === undefined ? 'the default docs site' : 'it'}, and was to be signed for ` +
        'another tenant. Leave tenantId out: the user knows.',
      { tenantId: owner.id },
    );
  }

  /** One asynchronous step, for what each of them costs is to be seen next to a signature. */
  async #sign(tenant: Tenant, user: ValidMintlifyUser): Promise<string> {
    try {
      // Taken once: header and signature belong to one key, whatever happens meanwhile.
      const key = tenant.key?.current ?? noKey();
      const { site, claims, tokenLifetimeSeconds } = tenant;
      const payload = createTokenClaims(user, site, claims, this.#clock.now(), tokenLifetimeSeconds);
      const signingInput = key.encodedHeader + encode(JSON.stringify(payload));
      let signature: Uint8Array;
      try {
        signature = await this.#telemetry.step('sign', () => signBytes(key, signingInput));
        assertSignature(signature);
      } catch (cause) {
        throw this.#signerFailure(tenant, key, cause);
      }
      this.#assertFresh(payload.exp, tokenLifetimeSeconds);
      return `${signingInput}.${encode(signature)}`;
    } catch (error) {
      throw nameTenant(tenant.id, error);
    }
  }

  /** A slow signer or a step of the clock must not put a token on its way that the docs would refuse. */
  #assertFresh(exp: number, tokenLifetimeSeconds: number): void {
    const remainingMs = exp * 1_000 - this.#clock.now();
    if (remainingMs >= minRemainingMs(tokenLifetimeSeconds) && remainingMs <= tokenLifetimeSeconds * 1_000)
      return;
    throw new MintlifyPersonalizationError(
      'token_stale',
      'The signature came too late for its token, or the clock was stepped meanwhile. Try again; if it lasts, ' +
        'look at the signer and at the time synchronisation.',
    );
  }

  #signerFailure({ id: tenantId }: Tenant, { keyId }: SigningKeyHandle, cause: unknown): Error {
    const failure = signerFailure(cause);
    this.#audit.record({ type: 'signer.failed', outcome: failure.code, tenantId, keyId });
    return failure;
  }

  /** Not where it was: what was asked for is the visitor's, or an attacker's. */
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

function signBytes({ signer }: SigningKeyHandle, signingInput: string): Uint8Array | Promise<Uint8Array> {
  return signer.sign(Buffer.from(signingInput, 'latin1'), NEVER_ABORTED);
}

/** For the local signer, which has no use for a signal. Others bring their own deadline. */
const NEVER_ABORTED = new AbortController().signal;

/** The start of a line in the log. */
function describe({ id }: Tenant): string {
  return id === undefined ? '' : `Tenant "${id}": `;
}

function encode(data: string | Uint8Array): string {
  const bytes =
    typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.length);
  return bytes.toString('base64url');
}

function assertSignature(signature: unknown): void {
  if (types.isUint8Array(signature) && signature.length === SIGNATURE_BYTES) return;
  throw new MintlifyPersonalizationError(
    'signer_failed',
    `The token signer gave something that is not a signature of ${SIGNATURE_BYTES} bytes. ` +
      'Return r‖s, not DER.',
  );
}

function noKey(): never {
  throw new MintlifyPersonalizationError('invalid_option', 'signingKey is not set. Set it to sign tokens.');
}

function signerFailure(cause: unknown): MintlifyPersonalizationError {
  if (isOwnError(cause)) return cause;
  return new MintlifyPersonalizationError(
    'signer_failed',
    'The token signer threw an error: see its cause.',
    { cause },
  );
}

function tooLong(length: number, most: number, tenantId: string | undefined): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'redirect_url_too_long',
    `The redirect URL is ${length} characters long and maxRedirectUrlLength is ${most}. ` +
      'Let the claim mapper send less: only what the pages use.',
    { tenantId },
  );
}
