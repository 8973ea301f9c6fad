import { HttpException, HttpStatus } from '@nestjs/common';
import type { HandshakeDefinition, HandshakeRefusal } from '../handshake.definition.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';
import { originNotAllowed } from './docs-origin-policy.js';

/** What both user-info handshakes share. */
const USER_INFO = {
  method: 'GET',
  successStatus: HttpStatus.OK,
  events: { succeeded: 'user_info.served', refused: 'user_info.refused' },
  checkRequest: findUserInfoRefusal,
  headers: {
    'Cache-Control': 'private, no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  anonymous: 'unauthorized',
} as const satisfies Partial<HandshakeDefinition>;

/** @internal The shared-session handshake (`spec/handshakes.md`, section 4). */
export const SHARED_SESSION: HandshakeDefinition = Object.freeze<HandshakeDefinition>({
  ...USER_INFO,
  option: 'sharedSession',
  isMounted: ({ sharedSession }) => sharedSession !== false,
  name: 'shared-session',
  ignoredHeader: 'authorization',
  cors: { pages: 'docs', isCredentialed: true, allowedHeaders: undefined },
  hasBearerChallenge: false,
});

/** @internal The OAuth 2.0 handshake (`spec/handshakes.md`, section 5). */
export const OAUTH: HandshakeDefinition = Object.freeze<HandshakeDefinition>({
  ...USER_INFO,
  option: 'oauth',
  isMounted: ({ oauth }) => oauth !== false,
  name: 'oauth',
  ignoredHeader: 'cookie',
  cors: { pages: 'docs', isCredentialed: false, allowedHeaders: 'Authorization' },
  hasBearerChallenge: true,
});

function findUserInfoRefusal(request: HandshakeRequest): HandshakeRefusal | undefined {
  if (isCrossSiteSubresource(request)) return originNotAllowed();
  if (request.method === 'GET') return undefined;
  return new HttpException('The user-info API only supports GET.', HttpStatus.METHOD_NOT_ALLOWED);
}

/**
 * Whether a request is an image, a script or the like on a page of another origin, for which browsers send no `Origin`
 * (Fetch Metadata, `Sec-Fetch-Site`). No docs page calls the API like this.
 */
function isCrossSiteSubresource(request: HandshakeRequest): boolean {
  const site = readHeader(request, 'sec-fetch-site').toLowerCase();
  return request.headers['origin'] === undefined && site !== '' && site !== 'same-origin' && site !== 'none';
}
