import { HttpStatus } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';

/**
 * Redirects with 302 and an empty body. By hand rather than with `@Redirect()`: Express would write the
 * address, and the token with it, into the body, and an interceptor of the host app could change it.
 *
 * @internal
 */
export function replyWithRedirect(
  { httpAdapter }: HttpAdapterHost,
  response: unknown,
  location: string,
): void {
  httpAdapter.setHeader(response, 'Location', location);
  httpAdapter.reply(response, undefined, HttpStatus.FOUND);
}
