import { COMMON_CODES, errorResponses, stringHeader } from './error-description.js';
import {
  describeController,
  describeRoute,
  type ControllerWith,
  type QueryParameter,
  type Responses,
} from './swagger-metadata.js';

const QUERY: readonly QueryParameter[] = [
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
];

const REDIRECT: Responses[number] = {
  description: 'Redirects to the docs, or to the login page. The body is empty.',
  headers: {
    Location: stringHeader(
      'The docs page, with the token in its fragment; or the login page, if the visitor is not logged in.',
      'https://docs.foo.com/quickstart#jwt=eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl&anchor=step-one',
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
      ...errorResponses([
        'unauthenticated',
        ...COMMON_CODES,
        'redirect_url_too_long',
        'signing_key_unavailable',
        'signer_failed',
        'signer_timeout',
        'signer_unavailable',
        'token_stale',
      ]),
    },
  });
  return controller;
}
