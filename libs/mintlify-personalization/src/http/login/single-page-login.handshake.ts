import { HttpStatus } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../errors.js';
import {
  RequestRefusedException,
  type HandshakeDefinition,
  type HandshakeRefusal,
} from '../handshake.definition.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/** More than both fields need, each with 4,096 characters that are all escaped (RFC 8259, section 7). */
const MAX_BODY_BYTES = 65_536;

/** @internal The JWT handshake for single-page apps, which send a bearer token and no cookie. */
export const SINGLE_PAGE_LOGIN: HandshakeDefinition = Object.freeze<HandshakeDefinition>({
  option: 'jwt',
  isMounted: ({ jwt }) => jwt !== false && jwt.singlePageApp !== undefined,
  name: 'jwt',
  method: 'POST',
  successStatus: HttpStatus.OK,
  events: { succeeded: 'login.succeeded', refused: 'login.refused' },
  ignoredHeader: 'cookie',
  checkRequest: findPostRefusal,
  headers: {
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  cors: { pages: 'single-page-app', isCredentialed: false, allowedHeaders: 'Authorization, Content-Type' },
  hasBearerChallenge: false,
  anonymous: 'unauthorized',
});

/**
 * Refuses what no script of an app sends: forms and other navigations, bodies that are not JSON, and requests without
 * `Authorization`. A body of another type would need no preflight (Fetch standard, section 2.2.2).
 */
function findPostRefusal(request: HandshakeRequest): HandshakeRefusal | undefined {
  const destination = readHeader(request, 'sec-fetch-dest').toLowerCase();
  if (destination !== '' && destination !== 'empty') {
    return new RequestRefusedException(
      'POST is for scripts of a single-page app, not for forms.',
      HttpStatus.FORBIDDEN,
    );
  }
  if (!/^application\/json *(?:;|$)/i.test(readHeader(request, 'content-type'))) {
    return new RequestRefusedException(
      'Send the body as Content-Type: application/json.',
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
    );
  }
  if (Number(readHeader(request, 'content-length')) > MAX_BODY_BYTES) {
    return new RequestRefusedException(
      `The body has more than ${MAX_BODY_BYTES} bytes.`,
      HttpStatus.PAYLOAD_TOO_LARGE,
    );
  }
  if (readHeader(request, 'authorization') !== '') return undefined;
  return new MintlifyPersonalizationError('unauthenticated', 'The request has no Authorization header.');
}
