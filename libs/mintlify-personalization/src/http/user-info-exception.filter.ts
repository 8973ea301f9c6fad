import { Catch, HttpException, Inject, Logger, Optional, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { AccessTokenVerifier } from '../access-tokens/access-token.verifier.js';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import { isAnonymousRefusal } from './anonymous-refusal.js';
import { createBearerChallenge } from './bearer-challenge.js';
import { DocsOriginGate } from './docs-origin.gate.js';
import { replyWithError } from './error.reply.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeReporter } from './handshake.reporter.js';
import { headersOf, type ResponseHeaders } from './response-headers.js';
import { OAUTH, SHARED_SESSION, type UserInfoHandshake } from './user-info-handshake.js';

/** What anybody can bring about, and what is no fault of the app. */
const CHALLENGED = new Set(['unauthenticated', 'invalid_request', 'invalid_token', 'insufficient_scope']);
const UNLOGGED = new Set([...CHALLENGED, 'overloaded']);
const WARNED = new Set(['unknown_tenant', 'origin_not_allowed']);

/**
 * Answers what goes wrong on a user-info route: a status and a code in JSON, readable by the docs page, with the
 * details in the log.
 */
abstract class UserInfoExceptionFilter extends BaseExceptionFilter {
  protected abstract readonly handshake: UserInfoHandshake;
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #adapterHost: HttpAdapterHost;
  readonly #gate: DocsOriginGate;
  readonly #reporter: HandshakeReporter;

  constructor(
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
    @Inject(DocsOriginGate) gate: DocsOriginGate,
    @Inject(HandshakeReporter) reporter: HandshakeReporter,
  ) {
    super();
    this.#adapterHost = adapterHost;
    this.#gate = gate;
    this.#reporter = reporter;
  }

  override catch(exception: MintlifyPersonalizationError | HttpException, host: ArgumentsHost): void {
    this.#answer(exception, host).catch((error: unknown) => {
      // The host app may have answered meanwhile, with a time-out of its own for one.
      this.#logger.error('An answer could not be sent.', stackOf(error));
    });
  }

  /** What the answer to an error of the library's own carries besides. */
  protected challenge(_error: MintlifyPersonalizationError, _headers: ResponseHeaders): void {}

  async #answer(exception: MintlifyPersonalizationError | HttpException, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    const headers = headersOf(this.#adapterHost.httpAdapter, http.getResponse());
    const error = await this.#judge(exception, request, headers);
    this.#reporter.refuse(this.handshake.auditName, request, error);
    if (error instanceof HttpException) super.catch(error, host);
    else this.#reply(error, headers, http.getResponse());
  }

  /**
   * A guard of the whole app runs, and refuses, before the handshake's own guards look at the origin; too many at once
   * are refused before that, too.
   */
  async #judge(
    exception: MintlifyPersonalizationError | HttpException,
    request: HandshakeRequest,
    headers: ResponseHeaders,
  ): Promise<MintlifyPersonalizationError | HttpException> {
    if (exception instanceof MintlifyPersonalizationError && exception.code !== 'overloaded')
      return exception;
    try {
      await this.#gate.enter(this.handshake, request, headers);
    } catch (refusal) {
      if (refusal instanceof MintlifyPersonalizationError) return refusal;
      throw refusal;
    }
    return exception instanceof HttpException && isAnonymousRefusal(exception, request)
      ? anonymous(exception)
      : exception;
  }

  #reply(error: MintlifyPersonalizationError, headers: ResponseHeaders, response: unknown): void {
    this.#log(error);
    this.challenge(error, headers);
    replyWithError(this.#adapterHost, response, error);
  }

  #log(error: MintlifyPersonalizationError): void {
    if (UNLOGGED.has(error.code)) return;
    if (WARNED.has(error.code)) this.#logger.warn(error.message);
    else this.#logger.error(error.message, stackOf(error));
  }
}

/** @internal */
@Catch(MintlifyPersonalizationError, HttpException)
export class SharedSessionExceptionFilter extends UserInfoExceptionFilter {
  protected override readonly handshake = SHARED_SESSION;
}

/** @internal Says, as RFC 6750 asks, what is wrong with an access token. */
@Catch(MintlifyPersonalizationError, HttpException)
export class OAuthExceptionFilter extends UserInfoExceptionFilter {
  protected override readonly handshake = OAUTH;
  readonly #requiredScopes: readonly string[];

  constructor(
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
    @Inject(DocsOriginGate) gate: DocsOriginGate,
    @Inject(HandshakeReporter) reporter: HandshakeReporter,
    @Optional() @Inject(AccessTokenVerifier) verifier: AccessTokenVerifier | null,
  ) {
    super(adapterHost, gate, reporter);
    this.#requiredScopes = verifier?.requiredScopes ?? [];
  }

  protected override challenge(
    { code, message }: MintlifyPersonalizationError,
    headers: ResponseHeaders,
  ): void {
    if (!CHALLENGED.has(code)) return;
    headers.set('WWW-Authenticate', createBearerChallenge(code, message, this.#requiredScopes));
  }
}

function anonymous(cause: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('unauthenticated', 'There is no visitor.', { cause });
}
