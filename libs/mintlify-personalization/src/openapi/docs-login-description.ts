import type { MintlifyErrorCode } from '../errors.js';
import { COMMON_CODES, errorResponses, stringHeader } from './error-description.js';
import {
  describeController,
  describeRoute,
  type ControllerWith,
  type JsonBody,
  type QueryParameter,
  type Responses,
} from './swagger-metadata.js';

/** @internal */
export const QUERY = [
  {
    name: 'redirect',
    description:
      'The docs page to go to: a path, which may have a query. Anything that is not a docs page leads to the front page.',
    schema: { type: 'string', example: '/quickstart' },
  },
  {
    name: 'anchor',
    description: 'The anchor on the page.',
    schema: { type: 'string', example: 'step-one' },
  },
] as const satisfies readonly QueryParameter[];

/** @internal */
export const DOCS_URL =
  'https://docs.foo.com/quickstart#jwt=eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl&anchor=step-one';

/** @internal The errors of `GET` and `POST`. */
export const LOGIN_CODES: readonly MintlifyErrorCode[] = [
  'unauthenticated',
  ...COMMON_CODES,
  'redirect_url_too_long',
  'signing_key_unavailable',
  'signer_failed',
  'signer_timeout',
  'signer_unavailable',
  'token_stale',
];

const REDIRECT: Responses[number] = {
  description: 'Redirects to the docs, or to the login page. The body is empty.',
  headers: {
    Location: stringHeader(
      'The docs page, with the token in its fragment; or the login page, if the visitor is not logged in.',
      DOCS_URL,
    ),
    'Cache-Control': stringHeader('The response is not cached.', 'no-store'),
    'Referrer-Policy': stringHeader('The docs do not see this URL.', 'no-referrer'),
  },
};

/**
 * Describes the route of the JWT handshakes (`spec/handshakes.md`, sections 2 and 3).
 *
 * @internal
 * @returns the controller
 */
export function describeDocsLogin<T extends ControllerWith<'login'>>(controller: T): T {
  describeController(controller, ['docs']);
  describeRoute(controller, 'login', {
    summary: 'Log in to the docs',
    description:
      'Sends a logged-in visitor to the docs, with a signed token in the URL fragment that is valid for ten seconds at ' +
      'most. For browsers that navigate here: `HEAD`, prefetching and frames are rejected.',
    query: QUERY,
    responses: {
      302: REDIRECT,
      403: { description: 'The docs login does not open in frames, or a guard rejected the visitor.' },
      ...errorResponses(LOGIN_CODES),
    },
  });
  return controller;
}

const BODY: JsonBody = {
  description: 'The docs page to go to. Both fields may be left out: {} leads to the front page.',
  required: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      QUERY.map(({ name, description, schema }) => [name, { ...schema, description }]),
    ),
  },
};

/** @internal */
export const URL_OF_DOCS: Responses[number] = {
  description:
    'The docs page, with the token in its fragment. The app goes there at once: `location.replace(url)`.',
  headers: {
    'Cache-Control': stringHeader('The response is not cached.', 'no-store'),
    Vary: stringHeader('The response is for pages of one origin.', 'Origin'),
    'Access-Control-Allow-Origin': stringHeader(
      'The origin of the app, if it differs from that of the backend.',
      'https://app.foo.com',
    ),
  },
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['url'],
        properties: { url: { type: 'string', format: 'uri' } },
        example: { url: DOCS_URL },
      },
    },
  },
};

/**
 * Describes the route of the JWT handshakes for single-page apps.
 *
 * @internal
 * @returns the controller
 */
export function describeSinglePageLogin<T extends ControllerWith<'createDocsUrl'>>(controller: T): T {
  // The scheme of `DocumentBuilder.addBearerAuth()`.
  describeController(controller, ['docs'], ['bearer']);
  describeRoute(controller, 'createDocsUrl', {
    summary: 'Log in to the docs from a single-page app',
    description:
      'Sends the URL of the docs, with a signed token in its fragment that is valid for ten seconds at most. The visitor ' +
      'is identified by `Authorization` alone: cookies are ignored.',
    body: BODY,
    responses: {
      200: URL_OF_DOCS,
      400: { description: 'The body is wrong: the message names the field.' },
      413: { description: 'The body is too large.' },
      415: { description: 'The body is not sent as `application/json`.' },
      ...errorResponses([...LOGIN_CODES, 'origin_not_allowed']),
    },
  });
  return controller;
}
