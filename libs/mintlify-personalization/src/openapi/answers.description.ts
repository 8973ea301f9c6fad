import type * as Swagger from '@nestjs/swagger';
import type { MintlifyErrorCode } from '../errors.js';
import { errorStatus, RETRY_AFTER_SECONDS } from '../http/error-status.js';

type Headers = NonNullable<Swagger.ApiResponseNoStatusOptions['headers']>;

/** @internal A header with one text. */
export function textHeader(description: string, example: string): Headers[string] {
  return { description, schema: { type: 'string', example } };
}

/** What each error tells, in one sentence, by its status. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The access token is not sent as one `Authorization: Bearer` header.',
  401: 'There is no visitor, or the access token is not valid.',
  403: 'The origin of the page is not one of the docs, or a scope is missing.',
  404: 'The tenant is unknown.',
  500: 'The claim mapper failed, or what it gave cannot be sent. Details are in the log.',
  503: 'A part of the backend is down, too slow or overloaded. Another try may do better.',
};

/**
 * The answers to errors, one for each status that the codes have.
 *
 * @internal
 * @param headers what they carry, by status
 */
export function describeErrors(
  { ApiResponse }: typeof Swagger,
  codes: readonly MintlifyErrorCode[],
  headers: Readonly<Record<number, Headers>> = {},
): MethodDecorator[] {
  const statuses = [...new Set(codes.map(errorStatus))];
  return statuses.map((status) => {
    const theirs = codes.filter((code) => errorStatus(code) === status);
    return ApiResponse({
      status,
      description: MEANINGS[status] ?? 'Refused.',
      headers: { ...(status === 503 && RETRY_AFTER), ...headers[status] },
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['statusCode'],
            properties: {
              statusCode: { type: 'integer', enum: [status] },
              code: { type: 'string', enum: theirs },
              message: { type: 'string', description: "Of a refusal by the host app's own guards." },
            },
            example: { statusCode: status, code: theirs[0] },
          },
        },
      },
    });
  });
}

const RETRY_AFTER: Headers = {
  'Retry-After': {
    description: 'Seconds after which to try again.',
    schema: { type: 'integer', example: RETRY_AFTER_SECONDS },
  },
};

/** @internal What goes wrong on every route, whoever the visitor is. */
export const COMMON_CODES: readonly MintlifyErrorCode[] = [
  'unknown_tenant',
  'claim_mapper_missing',
  'claim_mapper_failed',
  'invalid_user',
  'tenant_resolver_failed',
  'claim_mapper_timeout',
  'tenant_resolver_timeout',
  'tenant_source_failed',
  'tenant_source_timeout',
  'overloaded',
];
