import {
  ForbiddenException,
  HttpException,
  HttpStatus,
  Inject,
  Logger,
  UnauthorizedException,
  type ArgumentsHost,
} from '@nestjs/common';
import { ApplicationConfig, BaseExceptionFilter } from '@nestjs/core';
import { isOwnError, MintlifyPersonalizationError, stackOf } from '../errors.js';
import { isPrincipal } from '../tenancy/principal.js';
import { isVisitorRefusal } from '../ports/visitor-refusal.js';
import {
  RequestRefusedException,
  type HandshakeDefinition,
  type HandshakeRefusal,
} from './handshake.definition.js';
import type { HandshakeExchange } from './handshake-exchange.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeServices } from './handshake-services.js';
import { findHostFilter } from './nest-internals.js';

/** Nest's common classes: a filter for one of them is not specific to the host app. */
const COMMON = [Error, HttpException, UnauthorizedException, ForbiddenException];

/**
 * The exceptions that this library may handle, for `@Catch()`: its own errors, and 401 and 403, which may mean that the
 * visitor is not logged in. All others go directly to the host app's filters.
 *
 * @internal
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest asks whether an exception is an instance of it
export abstract class HandshakeFailure {
  static [Symbol.hasInstance](exception: unknown): boolean {
    if (isOwnError(exception)) return true;
    return isVisitorRefusal(exception) || exception instanceof RequestRefusedException;
  }
}

/**
 * Handles errors on the route of a handshake. Anonymous visitors go to `loginUrl` or get 401; errors of this library
 * become a status and a code. Everything else is left to the host app.
 *
 * @internal
 */
export abstract class HandshakeExceptionFilter extends BaseExceptionFilter {
  protected abstract readonly definition: HandshakeDefinition;
  readonly #logger = new Logger('MintlifyPersonalization');

  constructor(
    @Inject(HandshakeServices) private readonly services: HandshakeServices,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
  ) {
    super();
  }

  override catch(exception: MintlifyPersonalizationError | HttpException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    const response: unknown = http.getResponse();
    const exchange = this.services.exchanges.open(this.definition, request, response);
    // If a guard sends a response and returns `false`, Nest still throws.
    if (this.services.replies.isAnswered(exchange, response)) return;
    const answer = this.#refusalOf(exchange, exception) ?? this.#classify(exchange, exception);
    if (answer === 'anonymous') this.#answerAnonymous(exchange, exception, host);
    else if (answer === 'of the host') this.#leaveRefusal(exchange, exception, host);
    else this.services.replies.refuse(exchange, response, answer);
  }

  #refusalOf(
    exchange: HandshakeExchange,
    exception: MintlifyPersonalizationError | HttpException,
  ): HandshakeRefusal | undefined {
    if (exception instanceof RequestRefusedException) return exception;
    if (isOwnError(exception) && exception.code !== 'unauthenticated') return exception;
    // A global guard may have refused the request before the handshake's guard, on a path that only the router matches.
    return exchange.isAdmitted ? undefined : this.definition.checkRequest(exchange.request);
  }

  /**
   * Whether an exception means that the visitor is not logged in. If a guard returns `false`, Nest throws 403, which
   * means the same without a principal. An exception for which the host app has a specific filter means something else.
   */
  #classify(
    exchange: HandshakeExchange,
    exception: MintlifyPersonalizationError | HttpException,
  ): 'anonymous' | 'of the host' | HandshakeRefusal {
    if (isOwnError(exception)) return 'anonymous';
    if (findHostFilter(this.config, exception, COMMON)?.isSpecific === true) return 'of the host';
    if ((exception.getStatus() as HttpStatus) === HttpStatus.UNAUTHORIZED) return 'anonymous';
    if (exchange.hasPrincipal) return 'of the host';
    try {
      return isPrincipal(this.services.principals.read(exchange)) ? 'of the host' : 'anonymous';
    } catch (error) {
      return error as MintlifyPersonalizationError;
    }
  }

  #answerAnonymous(
    exchange: HandshakeExchange,
    exception: MintlifyPersonalizationError | HttpException,
    host: ArgumentsHost,
  ): void {
    if (this.definition.anonymous === 'unauthorized') {
      return this.services.replies.refuse(
        exchange,
        host.switchToHttp().getResponse(),
        unauthenticated(exception),
      );
    }
    const location = this.services.loginPage.locate(exchange);
    if (!(location instanceof Promise)) return this.#sendToLogin(location, exchange, exception, host);
    location
      .then((found) => this.#sendToLogin(found, exchange, exception, host))
      .catch((error: unknown) => this.#logger.error('A response could not be sent.', stackOf(error)));
  }

  #sendToLogin(
    location: string | MintlifyPersonalizationError | undefined,
    exchange: HandshakeExchange,
    exception: MintlifyPersonalizationError | HttpException,
    host: ArgumentsHost,
  ): void {
    const response: unknown = host.switchToHttp().getResponse();
    if (typeof location === 'string') return this.services.replies.redirect(exchange, response, location);
    if (location !== undefined) return this.services.replies.loginLoop(exchange, response, location);
    const error = unauthenticated(exception);
    // Keep a guard's own 401, which may say more. But Nest's 403 for `false` would imply that the visitor is known.
    const isOfHost =
      !isOwnError(exception) && (exception.getStatus() as HttpStatus) === HttpStatus.UNAUTHORIZED;
    if (!isOfHost) return this.services.replies.refuse(exchange, response, error);
    exchange.refuse(error);
    this.#leaveToHost(exception, host);
  }

  #leaveRefusal(
    exchange: HandshakeExchange,
    exception: MintlifyPersonalizationError | HttpException,
    host: ArgumentsHost,
  ): void {
    if (exchange.hasPrincipal && !isOwnError(exception)) exchange.refuseVisitor(exception.getStatus());
    this.#leaveToHost(exception, host);
  }

  #leaveToHost(exception: MintlifyPersonalizationError | HttpException, host: ArgumentsHost): void {
    const found = findHostFilter(this.config, exception, COMMON);
    if (found === undefined) super.catch(ofThisCopy(exception), host);
    else found.filter.catch(exception, host);
  }
}

/** Replaces any other error of a guard, which becomes the cause. */
function unauthenticated(cause: MintlifyPersonalizationError | HttpException): MintlifyPersonalizationError {
  if (isOwnError(cause)) return cause;
  return new MintlifyPersonalizationError('unauthenticated', 'The visitor is not logged in.', { cause });
}

const isOfThisCopy = (exception: unknown): boolean => exception instanceof HttpException;

/** Nest's own filter only knows the exceptions of its copy of `@nestjs/common`. */
function ofThisCopy(
  exception: MintlifyPersonalizationError | HttpException,
): MintlifyPersonalizationError | HttpException {
  if (isOwnError(exception) || isOfThisCopy(exception)) return exception;
  return new HttpException(exception.getResponse(), exception.getStatus(), { cause: exception });
}
