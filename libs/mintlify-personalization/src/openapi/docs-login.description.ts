import type * as Swagger from '@nestjs/swagger';
import { DocsLoginController } from '../http/docs-login.controller.js';
import { COMMON_CODES, describeErrors, textHeader } from './answers.description.js';
import { decorateMethod } from './decorate.js';

const LOCATION = textHeader(
  'The page of the docs, with the token in its fragment; or the login page, for a visitor who is not logged in.',
  'https://docs.foo.com/quickstart#jwt=eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl&anchor=step-one',
);

/** @internal The JWT handshakes' route. */
export function describeDocsLogin(swagger: typeof Swagger): void {
  const { ApiOperation, ApiQuery, ApiResponse, ApiTags } = swagger;
  ApiTags('docs')(DocsLoginController);
  decorateMethod(DocsLoginController.prototype, 'login', [
    ApiOperation({
      summary: 'Log in to the docs',
      description:
        'Sends a logged-in visitor to the docs, with a signed token in the fragment that lives ten seconds at most. For ' +
        'browsers that go there: `HEAD`, prefetching and frames are refused.',
    }),
    ApiQuery({
      name: 'redirect',
      required: false,
      description:
        'The page of the docs to go to: a path, which may hold a query. What is no page of the docs leads to the front page.',
      schema: { type: 'string', example: '/quickstart' },
    }),
    ApiQuery({
      name: 'anchor',
      required: false,
      description: 'The place on the page.',
      schema: { type: 'string', example: 'step-one' },
    }),
    ApiResponse({
      status: 302,
      description: 'To the docs, or to the login page. Without a body.',
      headers: {
        Location: LOCATION,
        'Cache-Control': textHeader('Nothing is kept.', 'no-store'),
        'Referrer-Policy': textHeader('The address goes no further.', 'no-referrer'),
      },
    }),
    ApiResponse({
      status: 403,
      description: 'The docs login is not for frames, or a guard refused the visitor.',
    }),
    ...describeErrors(swagger, [
      'unauthenticated',
      ...COMMON_CODES,
      'redirect_url_too_long',
      'signing_key_unavailable',
      'signer_failed',
      'signer_timeout',
      'signer_unavailable',
      'token_stale',
    ]),
  ]);
}
