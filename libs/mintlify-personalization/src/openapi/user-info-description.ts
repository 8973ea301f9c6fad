import type { MintlifyErrorCode } from '../errors.js';
import { MintlifyUserDto } from '../user/mintlify-user.dto.js';
import { COMMON_CODES, errorResponses, stringHeader } from './error-description.js';
import {
  describeController,
  describeRoute,
  type ControllerWith,
  type ResponseHeaders,
  type Responses,
  type RouteDescription,
} from './swagger-metadata.js';

const CHALLENGE: ResponseHeaders = {
  'WWW-Authenticate': stringHeader(
    'Why the access token is rejected (RFC 6750, section 3).',
    'Bearer error="invalid_token", error_description="The access token has expired."',
  ),
};

const USER: Responses[number] = {
  description: 'The user that the docs see.',
  type: MintlifyUserDto,
  headers: {
    'Cache-Control': stringHeader('The response is not cached.', 'private, no-store'),
    Vary: stringHeader('The response is for pages of one origin.', 'Origin'),
    'Access-Control-Allow-Origin': stringHeader(
      'The origin of the docs, if it differs from that of the backend.',
      'https://docs.foo.com',
    ),
  },
};

const USER_INFO_CODES: readonly MintlifyErrorCode[] = [
  'unauthenticated',
  'origin_not_allowed',
  ...COMMON_CODES,
];

/** The routes of the two user-info handshakes (`spec/handshakes.md`, sections 4 and 5). */
const ROUTES = {
  sharedSession: {
    summary: 'Identify the docs visitor by session',
    description: "For docs pages, which send the visitor's cookie (`credentials: 'include'`).",
    responses: { 200: USER, ...errorResponses(USER_INFO_CODES) },
  },
  oauth: {
    summary: 'Identify the docs visitor by access token',
    description: 'For docs pages, which send the access token from their OAuth 2.0 flow.',
    responses: {
      200: USER,
      ...errorResponses(
        [
          'invalid_request',
          'invalid_token',
          'insufficient_scope',
          ...USER_INFO_CODES,
          'token_issuer_unavailable',
        ],
        { 400: CHALLENGE, 401: CHALLENGE, 403: CHALLENGE },
      ),
    },
  },
} satisfies Record<string, RouteDescription>;

/**
 * Describes the route of one user-info handshake. Each handshake needs its own `userInfo` method: see
 * {@link describeRoute}.
 *
 * @internal
 * @returns the controller
 */
export function describeUserInfo<T extends ControllerWith<'userInfo'>>(
  controller: T,
  handshake: keyof typeof ROUTES,
): T {
  // The scheme of `DocumentBuilder.addBearerAuth()`.
  describeController(controller, ['docs'], handshake === 'oauth' ? ['bearer'] : []);
  describeRoute(controller, 'userInfo', ROUTES[handshake]);
  return controller;
}
