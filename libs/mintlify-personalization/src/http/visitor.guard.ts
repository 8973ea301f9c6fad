import {
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { readHeader, type HandshakeRequest } from './handshake-request.js';
import { HandshakeReporter } from './handshake.reporter.js';

/** @internal A request that no visitor made by going somewhere: not a matter of who the visitor is. */
export class RefusedNavigationException extends HttpException {}

/** Documents inside another document (Fetch Metadata, `Sec-Fetch-Dest`). */
const FRAMES = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);

/**
 * Runs before the handshake's guards: sets the headers that every answer of the route carries, and refuses
 * requests that are not a visitor going somewhere, so that no token is minted for a machine.
 *
 * @internal
 */
@Injectable()
export class VisitorGuard implements CanActivate {
  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(HandshakeReporter) private readonly reporter: HandshakeReporter,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    setHandshakeHeaders(this.adapterHost.httpAdapter, http.getResponse());
    this.reporter.begin('jwt', http.getRequest(), http.getResponse());
    const refusal = findNavigationRefusal(http.getRequest());
    if (refusal !== undefined) throw refusal;
    return true;
  }
}

/** @internal The headers that every answer of a handshake's route carries. */
export function setHandshakeHeaders(adapter: HttpAdapterHost['httpAdapter'], response: unknown): void {
  adapter.setHeader(response, 'Cache-Control', 'no-store');
  adapter.setHeader(response, 'Referrer-Policy', 'no-referrer');
}

/**
 * Why a request is not a visitor going somewhere, or nothing: `HEAD` is 405, prefetch and prerender 503, a
 * frame 403.
 *
 * @internal
 */
export function findNavigationRefusal(request: HandshakeRequest): RefusedNavigationException | undefined {
  if (request.method !== 'GET') {
    return new RefusedNavigationException(
      'Only GET logs a visitor in to the docs.',
      HttpStatus.METHOD_NOT_ALLOWED,
    );
  }
  if (isSpeculative(request)) {
    return new RefusedNavigationException(
      'The docs login is not for prefetching or prerendering.',
      HttpStatus.SERVICE_UNAVAILABLE,
    );
  }
  if (FRAMES.has(readHeader(request, 'sec-fetch-dest').toLowerCase())) {
    return new RefusedNavigationException('The docs login is not for frames.', HttpStatus.FORBIDDEN);
  }
  return undefined;
}

/** `Sec-Purpose` (Fetch standard) and the names that browsers used before it. */
function isSpeculative(request: HandshakeRequest): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(?:prefetch|prerender|preview)\b/i.test(readHeader(request, name)),
  );
}
