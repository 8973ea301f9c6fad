import { HttpStatus } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { MintlifyPersonalizationError } from '../errors.js';
import { errorStatus, RETRY_AFTER_SECONDS } from './error-status.js';

/**
 * Answers with the status and the code of an error, and with `Retry-After` where another try may do better.
 *
 * @internal
 * @example
 * replyWithError(adapterHost, response, error); // {"statusCode":404,"code":"unknown_tenant"}
 */
export function replyWithError(
  { httpAdapter }: HttpAdapterHost,
  response: unknown,
  { code }: MintlifyPersonalizationError,
): void {
  const statusCode = errorStatus(code);
  if (statusCode === HttpStatus.SERVICE_UNAVAILABLE) {
    httpAdapter.setHeader(response, 'Retry-After', String(RETRY_AFTER_SECONDS));
  }
  httpAdapter.reply(response, { statusCode, code }, statusCode);
}
