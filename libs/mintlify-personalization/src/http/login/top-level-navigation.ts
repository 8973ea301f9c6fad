import { HttpException, HttpStatus } from '@nestjs/common';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/** @internal A request that no visitor made by opening a page. It says nothing about who the visitor is. */
export class NavigationRefusedException extends HttpException {}

/**
 * Why a request is not a visitor who opens a page, or nothing: `HEAD` is 405, prefetch and prerender 503, anything but
 * a document 403 (Fetch Metadata, `Sec-Fetch-Dest`). So no token is made for a machine.
 *
 * @internal
 */
export function findNavigationRefusal(request: HandshakeRequest): NavigationRefusedException | undefined {
  if (request.method !== 'GET') {
    return new NavigationRefusedException(
      'Only GET logs a visitor in to the docs.',
      HttpStatus.METHOD_NOT_ALLOWED,
    );
  }
  if (isSpeculative(request)) {
    return new NavigationRefusedException(
      'The docs login is not for prefetching or prerendering.',
      HttpStatus.SERVICE_UNAVAILABLE,
    );
  }
  const destination = readHeader(request, 'sec-fetch-dest').toLowerCase();
  if (destination !== '' && destination !== 'document') {
    return new NavigationRefusedException(
      'The docs login is a page that a visitor opens, not a frame or a resource of another page.',
      HttpStatus.FORBIDDEN,
    );
  }
  return undefined;
}

/** `Sec-Purpose` (Fetch standard) and the names that browsers used before it. */
function isSpeculative(request: HandshakeRequest): boolean {
  return (
    hasPurpose(request, 'sec-purpose') ||
    hasPurpose(request, 'purpose') ||
    hasPurpose(request, 'x-purpose') ||
    hasPurpose(request, 'x-moz')
  );
}

function hasPurpose(request: HandshakeRequest, name: string): boolean {
  return (
    request.headers[name] !== undefined &&
    /\b(?:prefetch|prerender|preview)\b/i.test(readHeader(request, name))
  );
}
