import { HttpStatus } from '@nestjs/common';
import {
  RequestRefusedException,
  type HandshakeDefinition,
  type HandshakeRefusal,
} from '../handshake.definition.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/** More than all fields need, each with its longest value that is all escaped. */
const MAX_BODY_BYTES = 65_536;

/** @internal The route that shows the docs as another person, for scripts and forms of the host's own pages. */
export const VIEW_AS: HandshakeDefinition = Object.freeze<HandshakeDefinition>({
  option: 'viewAs',
  isMounted: ({ viewAs }) => viewAs !== false,
  name: 'view-as',
  method: 'POST',
  successStatus: HttpStatus.OK,
  // What is refused before both people are known is no `view_as` event: those name both.
  events: { succeeded: 'view_as.started', refused: 'login.refused' },
  ignoredHeader: undefined,
  checkRequest: findViewAsRefusal,
  headers: {
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  cors: { pages: 'view-as', isCredentialed: true, allowedHeaders: 'Authorization, Content-Type' },
  hasBearerChallenge: false,
  anonymous: 'unauthorized',
});

/** @internal Whether the body is that of a form, whose answer is a redirect. */
export function isForm(request: HandshakeRequest): boolean {
  return /^application\/x-www-form-urlencoded *(?:;|$)/i.test(readHeader(request, 'content-type'));
}

/**
 * Refuses what neither a script nor a form of a page sends: other bodies, and frames, images and the like. Where the page
 * is from has been checked before.
 */
function findViewAsRefusal(request: HandshakeRequest): HandshakeRefusal | undefined {
  const isJson = /^application\/json *(?:;|$)/i.test(readHeader(request, 'content-type'));
  if (!isJson && !isForm(request)) {
    return new RequestRefusedException(
      'Send the body as Content-Type: application/json, or as a form.',
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
    );
  }
  const destination = readHeader(request, 'sec-fetch-dest').toLowerCase();
  if (destination !== '' && destination !== (isJson ? 'empty' : 'document')) {
    return new RequestRefusedException(
      'POST is for scripts and forms of your own pages, not for frames.',
      HttpStatus.FORBIDDEN,
    );
  }
  if (Number(readHeader(request, 'content-length')) <= MAX_BODY_BYTES) return undefined;
  return new RequestRefusedException(
    `The body has more than ${MAX_BODY_BYTES} bytes.`,
    HttpStatus.PAYLOAD_TOO_LARGE,
  );
}
