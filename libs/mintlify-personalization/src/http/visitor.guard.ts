import {
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { readHeader, type LoginRequest } from './login-request.js';

/** @internal A request that no visitor made by going somewhere: not a matter of who the visitor is. */
export class RefusedNavigationException extends HttpException {}

/** Documents inside another document (Fetch Metadata, `Sec-Fetch-Dest`). */
const FRAMES = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);

/**
 * Runs before the host's guards: sets the headers that every answer of the route carries, and refuses
 * requests that are not a visitor going somewhere, so that no token is minted for a machine.
 *
 * `HEAD` answers 405, prefetch and prerender 503, a frame 403.
 *
 * @internal
 */
@Injectable()
export class VisitorGuard implements CanActivate {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const response = http.getResponse<unknown>();
    const set = (name: string, value: string): void =>
      this.adapterHost.httpAdapter.setHeader(response, name, value);
    set('Cache-Control', 'no-store');
    set('Referrer-Policy', 'no-referrer');

    const request = http.getRequest<LoginRequest>();
    if (request.method !== 'GET') {
      set('Allow', 'GET');
      throw new RefusedNavigationException(
        'Only GET logs a visitor in to the docs.',
        HttpStatus.METHOD_NOT_ALLOWED,
      );
    }
    if (isSpeculative(request)) {
      throw new RefusedNavigationException(
        'The docs login is not for prefetching or prerendering.',
        HttpStatus.SERVICE_UNAVAILABLE,
      );
    }
    if (FRAMES.has(readHeader(request, 'sec-fetch-dest').toLowerCase())) {
      throw new RefusedNavigationException('The docs login is not for frames.', HttpStatus.FORBIDDEN);
    }
    return true;
  }
}

/** `Sec-Purpose` (Fetch standard) and the names that browsers used before it. */
function isSpeculative(request: LoginRequest): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(?:prefetch|prerender|preview)\b/i.test(readHeader(request, name)),
  );
}
