import { types } from 'node:util';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import type { TokenSigner } from '../ports/token-signer.js';
import { frontPage, resolveRedirectTarget, type RedirectParameters } from '../redirect/redirect-target.js';
import { createRedirectUrl } from '../redirect/redirect-url.js';
import { DOCS_SITE } from '../tenancy/docs-site.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { MintlifyUserValidator } from '../user/mintlify-user.validator.js';
import { TOKEN_SIGNER } from './create-token-signer.js';
import { createTokenClaims, leastRemainingMs } from './token-claims.js';

const ES256_SIGNATURE_BYTES = 64;
const LONG_URL = 3_072;

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
  readonly #options: ResolvedOptions;
  readonly #site: DocsSite;
  readonly #signer: TokenSigner | undefined;
  readonly #users: MintlifyUserValidator;
  readonly #clock: Clock;
  /** The JOSE header (RFC 7515, section 4) and its dot, encoded once. */
  readonly #encodedHeader: string;

  constructor(
    @Inject(RESOLVED_OPTIONS) options: ResolvedOptions,
    @Inject(DOCS_SITE) site: DocsSite,
    @Inject(TOKEN_SIGNER) signer: TokenSigner | undefined,
    @Inject(MintlifyUserValidator) users: MintlifyUserValidator,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#options = options;
    this.#site = site;
    this.#signer = signer;
    this.#users = users;
    this.#clock = clock;
    const kid = options.keyId ?? signer?.keyId;
    this.#encodedHeader = `${encode(JSON.stringify({ alg: 'ES256', ...(kid !== undefined && { kid }) }))}.`;
  }

  /**
   * Validates a user and signs a JWT that the docs accept for `tokenLifetimeSeconds`.
   *
   * Sign for the visitor who is there now, and send the token at once: it lives ten seconds and is a bearer
   * token (RFC 7519). Never log it or put it in a query.
   *
   * @returns a JWS in compact form (RFC 7515, section 7.1)
   * @throws InvalidMintlifyUserError when the user breaks the User format or a limit
   * @throws MintlifyPersonalizationError `signer_failed`, `signer_timeout`, `token_stale`
   */
  async sign(user: MintlifyUser): Promise<string> {
    const { claims, tokenLifetimeSeconds } = this.#options;
    const signer = this.#signer ?? noSigner();
    const valid = this.#users.validate(user);
    const payload = createTokenClaims(valid, this.#site, claims, this.#clock.now(), tokenLifetimeSeconds);
    const signingInput = this.#encodedHeader + encode(JSON.stringify(payload));
    let signature: Uint8Array;
    try {
      signature = await signer.sign(Buffer.from(signingInput, 'latin1'), NEVER_ABORTED);
    } catch (cause) {
      throw signerFailure(cause);
    }
    assertSignature(signature);
    this.#assertFresh(payload.exp);
    return `${signingInput}.${encode(signature)}`;
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
  async createRedirectUrl(user: MintlifyUser, parameters: RedirectParameters = {}): Promise<string> {
    const target = resolveRedirectTarget(this.#site, parameters);
    if (target.refused) this.#logRefusal(target.refused);
    const token = await this.sign(user);
    const { maxRedirectUrlLength } = this.#options;
    let url = createRedirectUrl(this.#site, target, token);
    if (url.length > maxRedirectUrlLength) {
      // The page and the anchor came with the request, the rest is ours: drop theirs before giving up.
      url = createRedirectUrl(this.#site, frontPage(this.#site), token);
      if (url.length > maxRedirectUrlLength) throw tooLong(url.length, maxRedirectUrlLength);
      this.#logRefusal('too_long');
    }
    if (url.length >= LONG_URL) {
      this.#logger.warn(
        `A redirect URL is ${url.length} characters long. Some proxies stop at 4 KB: send the docs a smaller user.`,
      );
    }
    return url;
  }

  /** A slow signer or a step of the clock must not put a token on its way that the docs would refuse. */
  #assertFresh(exp: number): void {
    const { tokenLifetimeSeconds } = this.#options;
    const remainingMs = exp * 1_000 - this.#clock.now();
    if (remainingMs >= leastRemainingMs(tokenLifetimeSeconds) && remainingMs <= tokenLifetimeSeconds * 1_000)
      return;
    throw new MintlifyPersonalizationError(
      'token_stale',
      'The signature came too late for its token, or the clock was stepped meanwhile. Try again; if it lasts, ' +
        'look at the signer and at the time synchronisation.',
    );
  }

  #logRefusal(reason: string): void {
    this.#logger.warn(`A redirect was refused (${reason}); the visitor goes to the front page of the docs.`);
  }
}

/** For the local signer, which has no use for a signal. Others bring their own deadline. */
const NEVER_ABORTED = new AbortController().signal;

function encode(data: string | Uint8Array): string {
  const bytes =
    typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.length);
  return bytes.toString('base64url');
}

function assertSignature(signature: unknown): void {
  if (types.isUint8Array(signature) && signature.length === ES256_SIGNATURE_BYTES) return;
  throw new MintlifyPersonalizationError(
    'signer_failed',
    `The token signer gave something that is not an ES256 signature of ${ES256_SIGNATURE_BYTES} bytes. ` +
      'Return r‖s, not DER.',
  );
}

function noSigner(): never {
  throw new MintlifyPersonalizationError('invalid_option', 'signingKey is not set. Set it to sign tokens.');
}

function signerFailure(cause: unknown): MintlifyPersonalizationError {
  if (cause instanceof MintlifyPersonalizationError) return cause;
  return new MintlifyPersonalizationError(
    'signer_failed',
    'The token signer threw an error: see its cause.',
    { cause },
  );
}

function tooLong(length: number, most: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'redirect_url_too_long',
    `The redirect URL is ${length} characters long and maxRedirectUrlLength is ${most}. ` +
      'Let the claim mapper send less: only what the pages use.',
  );
}
