import { Catch, ServiceUnavailableException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { DrizzleQueryError } from 'drizzle-orm';
import type { Response } from 'express';

/** Seconds after which another try may do better. */
const RETRY_AFTER_SECONDS = 2;

/** The server ends, or starts; the connection is lost (PostgreSQL, appendix A; Node's own codes). */
const UNAVAILABLE_CODE =
  /^(?:08...|57P0[1-3]|ECONN(?:REFUSED|RESET)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;
/** What `pg` says without a code. */
const UNAVAILABLE_MESSAGE = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/** Answers 503 while the database is away: whoever comes again when it is back is served. */
@Catch(DrizzleQueryError)
export class DatabaseUnavailableFilter extends BaseExceptionFilter {
  /** All that is wrong with a query itself stays an error of the backend. */
  override catch(error: DrizzleQueryError, host: ArgumentsHost): void {
    const unavailable = isUnavailable(error.cause);
    if (unavailable) {
      host.switchToHttp().getResponse<Response>().setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    }
    // oxlint-disable-next-line promise/no-promise-in-callback -- Nest's own method, and no promise
    super.catch(
      unavailable ? new ServiceUnavailableException('Acme Cloud is not available just now.') : error,
      host,
    );
  }
}

function isUnavailable(cause: unknown): boolean {
  // Where a name has several addresses, Node gives one error for each.
  if (cause instanceof AggregateError) return cause.errors.every(isUnavailable);
  const { code, message } = Object(cause) as { code?: unknown; message?: unknown };
  return UNAVAILABLE_CODE.test(String(code)) || UNAVAILABLE_MESSAGE.test(String(message));
}
