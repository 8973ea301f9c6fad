import { HttpStatus } from '@nestjs/common';
import { RequestRefusedException } from '../handshake.definition.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/** @internal The request is not a visitor who opens a page. Independent of who the visitor is. */
export class NavigationRefusedException extends RequestRefusedException {}

/**
 * Refuses requests that are not a visitor who opens a page: `HEAD` with 405, prefetch and prerender with 503, anything
 * but a document with 403 (Fetch Metadata, `Sec-Fetch-Dest`). Tokens are only made for people.
 *
 * @internal
 */
export function findNavigationRefusal(request: HandshakeRequest): NavigationRefusedException | undefined {
  if (request.method !== 'GET') {
    return new NavigationRefusedException(
      'The docs login does not support HEAD.',
      HttpStatus.METHOD_NOT_ALLOWED,
    );
  }
  if (isSpeculative(request)) {
    return new NavigationRefusedException(
      'The docs login cannot be prefetched or prerendered.',
      HttpStatus.SERVICE_UNAVAILABLE,
    );
  }
  const destination = readHeader(request, 'sec-fetch-dest').toLowerCase();
  if (destination !== '' && destination !== 'document') {
    return new NavigationRefusedException(
      'The docs login must be opened as a page, not in a frame or as a resource of another page.',
      HttpStatus.FORBIDDEN,
    );
  }
  return undefined;
}

/** Checks `Sec-Purpose` (Fetch standard) and its older names. */
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
