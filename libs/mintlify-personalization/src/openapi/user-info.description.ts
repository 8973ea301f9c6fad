import type * as Swagger from '@nestjs/swagger';
import { OAuthController, SharedSessionController } from '../http/user-info.controller.js';
import { MintlifyUserDto } from '../user/mintlify-user.dto.js';
import { COMMON_CODES, describeErrors, textHeader } from './answers.description.js';
import { decorateMethod } from './decorate.js';

const CHALLENGE = {
  'WWW-Authenticate': textHeader(
    'Why the access token does not do (RFC 6750, section 3).',
    'Bearer error="invalid_token", error_description="The access token has expired."',
  ),
};

/** @internal The routes of the two user-info handshakes. */
export function describeUserInfo(swagger: typeof Swagger): void {
  const { ApiBearerAuth, ApiOperation, ApiTags } = swagger;
  ApiTags('docs')(SharedSessionController);
  decorateMethod(SharedSessionController.prototype, 'userInfo', [
    ApiOperation({
      summary: 'Who the visitor of the docs is, by session',
      description: "For pages of the docs, with the visitor's cookie (`credentials: 'include'`).",
    }),
    describeUserAnswer(swagger),
    ...describeErrors(swagger, ['unauthenticated', 'origin_not_allowed', ...COMMON_CODES]),
  ]);

  ApiTags('docs')(OAuthController);
  ApiBearerAuth()(OAuthController);
  decorateMethod(OAuthController.prototype, 'userInfo', [
    ApiOperation({
      summary: 'Who the visitor of the docs is, by access token',
      description: 'For pages of the docs, with the access token that their OAuth 2.0 flow got.',
    }),
    describeUserAnswer(swagger),
    ...describeErrors(
      swagger,
      [
        'invalid_request',
        'unauthenticated',
        'invalid_token',
        'insufficient_scope',
        'origin_not_allowed',
        ...COMMON_CODES,
        'token_issuer_unavailable',
      ],
      { 400: CHALLENGE, 401: CHALLENGE, 403: CHALLENGE },
    ),
  ]);
}

function describeUserAnswer({ ApiResponse }: typeof Swagger): MethodDecorator {
  return ApiResponse({
    status: 200,
    description: 'The visitor, as the docs are to see them.',
    type: MintlifyUserDto,
    headers: {
      'Cache-Control': textHeader('No shared cache keeps it, and no other one.', 'private, no-store'),
      Vary: textHeader('The answer is for the page of one origin.', 'Origin'),
      'Access-Control-Allow-Origin': textHeader(
        'The origin of the docs, where it is another.',
        'https://docs.foo.com',
      ),
    },
  });
}
