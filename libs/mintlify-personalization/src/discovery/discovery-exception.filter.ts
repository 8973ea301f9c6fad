import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { MintlifyPersonalizationError, stackOf } from '../errors.js';
import { errorResponse } from '../http/error-responses.js';
import { DiscoveryRateLimitError } from './discovery-errors.js';

/**
 * Answers errors of this library as handshakes do: with status and code. The message of a mistake in the request names the
 * field, so it is sent too. Other exceptions are the host app's.
 *
 * @internal
 */
@Catch(MintlifyPersonalizationError)
export class DiscoveryExceptionFilter implements ExceptionFilter<MintlifyPersonalizationError> {
  readonly #logger = new Logger('MintlifyPersonalization');

  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(error: MintlifyPersonalizationError, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapterHost;
    const response: unknown = host.switchToHttp().getResponse();
    const { status, log, retryAfterSeconds } = errorResponse(error.code);
    if (log === 'warn') this.#logger.warn(error.message);
    else if (log === 'error') this.#logger.error(error.message, stackOf(error));
    if (httpAdapter.isHeadersSent(response)) return;
    const retryAfter = error instanceof DiscoveryRateLimitError ? error.retryAfter : retryAfterSeconds;
    if (retryAfter !== undefined) httpAdapter.setHeader(response, 'Retry-After', String(retryAfter));
    const message = error.code === 'discovery_invalid' ? { message: error.message } : {};
    httpAdapter.reply(response, { statusCode: status, code: error.code, ...message }, status);
  }
}
