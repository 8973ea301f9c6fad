import { Catch, ServiceUnavailableException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { DrizzleQueryError } from 'drizzle-orm';
import type { Response } from 'express';

/** Seconds after which a client may retry. */
const RETRY_AFTER_SECONDS = 2;

/** The server is stopping or starting, or the connection is lost (PostgreSQL, appendix A; error codes of Node). */
const UNAVAILABLE_CODE =
  /^(?:08...|57P0[1-3]|ECONN(?:REFUSED|RESET)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;
/** Messages of `pg` errors that have no code. */
const UNAVAILABLE_MESSAGE = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/** Answers 503 with `Retry-After` while the database is unavailable. */
@Catch(DrizzleQueryError)
export class DatabaseUnavailableFilter extends BaseExceptionFilter {
  /** An error in the query itself is still a 500. */
  override catch(error: DrizzleQueryError, host: ArgumentsHost): void {
    const unavailable = isUnavailable(error.cause);
    if (unavailable) {
      host.switchToHttp().getResponse<Response>().setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    }
    // oxlint-disable-next-line promise/no-promise-in-callback -- Nest's own method, not that of a promise
    super.catch(
      unavailable ? new ServiceUnavailableException('Acme Cloud is temporarily unavailable.') : error,
      host,
    );
  }
}

function isUnavailable(cause: unknown): boolean {
  // If a host name has several addresses, Node reports one error per address.
  if (cause instanceof AggregateError) return cause.errors.every(isUnavailable);
  const { code, message } = Object(cause) as { code?: unknown; message?: unknown };
  return UNAVAILABLE_CODE.test(String(code)) || UNAVAILABLE_MESSAGE.test(String(message));
}
