import { ServerResponse } from 'node:http';
import { HttpException, HttpStatus, Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessTokenVerifier } from '../access-tokens/access-token-verifier.js';
import { stackOf, type MintlifyErrorCode, type MintlifyPersonalizationError } from '../errors.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import { errorResponse } from './error-responses.js';
import type { HandshakeDefinition, HandshakeRefusal } from './handshake.definition.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import { listMethods } from './handshakes.js';
import { acceptsHtml, LOGIN_LOOP_HEADERS, LOGIN_LOOP_PAGE } from './login/login-loop-page.js';
import { createBearerChallenge } from './user-info/bearer-challenge.js';

interface RefusalBody {
  readonly status: number;
  readonly code?: MintlifyErrorCode;
  readonly message?: string;
}

/**
 * Sends this library's responses on Express and Fastify. It does not use Nest's decorators: Express would write the
 * redirect URL with the token into the body, or add an `ETag`, and an interceptor of the host app could change the
 * response.
 *
 * @internal
 */
@Injectable()
export class HandshakeReplies {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #requiredScopes: readonly string[];

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
    @Optional() @Inject(AccessTokenVerifier) verifier: AccessTokenVerifier | null,
  ) {
    this.#requiredScopes = verifier?.requiredScopes ?? [];
  }

  /** Whether the host app has already responded, for example from a guard or after a timeout. */
  isAnswered(exchange: HandshakeExchange, response: unknown): boolean {
    return exchange.isEnded || this.adapterHost.httpAdapter.isHeadersSent(response);
  }

  /** Redirects with 302, or 303 after a form, and an empty body. */
  redirect(
    exchange: HandshakeExchange,
    response: unknown,
    location: string,
    status = HttpStatus.FOUND,
  ): void {
    if (this.isAnswered(exchange, response)) return;
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'Location', location);
    if (response instanceof ServerResponse) end(response, status);
    else httpAdapter.reply(response, undefined, status);
  }

  /** Sets where the redirect of Nest's own response goes. */
  locate(exchange: HandshakeExchange, response: unknown, location: string): void {
    if (!this.isAnswered(exchange, response)) {
      this.adapterHost.httpAdapter.setHeader(response, 'Location', location);
    }
  }

  /** Sends JSON with 200: the user, or the URL of the docs. */
  json(exchange: HandshakeExchange, response: unknown, content: object): void {
    if (this.isAnswered(exchange, response)) return;
    const { httpAdapter } = this.adapterHost;
    const body = JSON.stringify(content);
    // Pages of other origins cannot load it as an image or a script either.
    httpAdapter.setHeader(response, 'Cross-Origin-Resource-Policy', 'same-origin');
    httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
    if (response instanceof ServerResponse) end(response, HttpStatus.OK, body);
    else httpAdapter.reply(response, body, HttpStatus.OK);
  }

  /** Sends 204: there is no such visitor. */
  noContent(exchange: HandshakeExchange, response: unknown): void {
    if (this.isAnswered(exchange, response)) return;
    if (response instanceof ServerResponse) end(response, HttpStatus.NO_CONTENT);
    else this.adapterHost.httpAdapter.reply(response, undefined, HttpStatus.NO_CONTENT);
  }

  /** Ends a login that would go on forever: with a page for browsers, with JSON for other clients. */
  loginLoop(exchange: HandshakeExchange, response: unknown, error: MintlifyPersonalizationError): void {
    if (this.isAnswered(exchange, response)) return;
    if (!acceptsHtml(exchange.request)) return this.refuse(exchange, response, error);
    exchange.refuse(error);
    const { httpAdapter } = this.adapterHost;
    for (const [name, value] of Object.entries(LOGIN_LOOP_HEADERS)) {
      httpAdapter.setHeader(response, name, value);
    }
    if (response instanceof ServerResponse) end(response, HttpStatus.UNAUTHORIZED, LOGIN_LOOP_PAGE);
    else httpAdapter.reply(response, LOGIN_LOOP_PAGE, HttpStatus.UNAUTHORIZED);
  }

  /** Accepts or refuses a preflight. */
  preflight(exchange: HandshakeExchange, response: unknown, refusal: HandshakeRefusal | undefined): void {
    if (this.isAnswered(exchange, response)) return;
    const { status, body } = this.describePreflight(exchange, response, refusal);
    if (response instanceof ServerResponse) end(response, status, body);
    else this.adapterHost.httpAdapter.reply(response, body, status);
  }

  /** Sets the headers of a preflight response, and returns its status and body. */
  describePreflight(
    exchange: HandshakeExchange,
    response: unknown,
    refusal: HandshakeRefusal | undefined,
  ): { readonly status: number; readonly body: string } {
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'Allow', this.#allow(exchange.definition));
    if (refusal === undefined) return { status: HttpStatus.NO_CONTENT, body: '' };
    httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
    const { status, ...rest } = this.#describe(exchange, response, refusal);
    return { status, body: JSON.stringify({ statusCode: status, ...rest }) };
  }

  /**
   * Sends status and code as JSON, with `Retry-After` if a retry may succeed. The details are only logged.
   */
  refuse(exchange: HandshakeExchange, response: unknown, refusal: HandshakeRefusal): void {
    if (this.isAnswered(exchange, response)) return;
    const { status, ...rest } = this.#describe(exchange, response, refusal);
    this.adapterHost.httpAdapter.reply(response, { statusCode: status, ...rest }, status);
  }

  /** Sets the headers of a refusal and logs it. */
  #describe(exchange: HandshakeExchange, response: unknown, refusal: HandshakeRefusal): RefusalBody {
    if (refusal instanceof HttpException) return this.#describeRequest(exchange, response, refusal);
    const { httpAdapter } = this.adapterHost;
    const { status, retryAfterSeconds, isChallenged } = errorResponse(refusal.code);
    exchange.refuse(refusal);
    this.#log(refusal);
    if (retryAfterSeconds !== undefined) {
      httpAdapter.setHeader(response, 'Retry-After', String(retryAfterSeconds));
    }
    if (isChallenged && exchange.definition.hasBearerChallenge) {
      httpAdapter.setHeader(response, 'WWW-Authenticate', this.#challenge(exchange, refusal));
    }
    return { status, code: refusal.code };
  }

  /** If the token is valid and its account is refused, a client must not think that it sent none (RFC 6750, 3.1). */
  #challenge({ hasPrincipal }: HandshakeExchange, { code, message }: MintlifyPersonalizationError): string {
    return hasPrincipal
      ? createBearerChallenge('invalid_token', 'The account may not log in.', this.#requiredScopes)
      : createBearerChallenge(code, message, this.#requiredScopes);
  }

  /** The same response as Nest's for such an exception. */
  #describeRequest(
    { definition }: HandshakeExchange,
    response: unknown,
    exception: HttpException,
  ): RefusalBody {
    const status = exception.getStatus();
    if (status === (HttpStatus.METHOD_NOT_ALLOWED as number)) {
      this.adapterHost.httpAdapter.setHeader(response, 'Allow', this.#allow(definition));
    }
    return { status, message: exception.message };
  }

  /** The value of `Allow` (RFC 9110, section 10.2.1). */
  #allow(definition: HandshakeDefinition): string {
    return listMethods(definition, this.handshakes).join(', ');
  }

  #log(error: MintlifyPersonalizationError): void {
    const { log } = errorResponse(error.code);
    if (log === 'warn') this.#logger.warn(error.message);
    else if (log === 'error') this.#logger.error(error.message, stackOf(error));
  }
}

function end(response: ServerResponse, status: HttpStatus, body?: string): void {
  response.statusCode = status;
  response.end(body);
}
