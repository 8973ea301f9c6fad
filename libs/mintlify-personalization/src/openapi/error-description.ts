import type { MintlifyErrorCode } from '../errors.js';
import { errorResponse as answerOf } from '../http/error-responses.js';
import type { ResponseHeaders, Responses } from './swagger-metadata.js';

/** @internal A response header with a string value. */
export function stringHeader(description: string, example: string): ResponseHeaders[string] {
  return { description, schema: { type: 'string', example } };
}

/** One sentence for all errors with the same status. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The access token is not sent as one `Authorization: Bearer` header.',
  401: 'No visitor is logged in, or the access token is not valid.',
  403: 'The origin of the page is not allowed, the access token lacks a scope, or the policy does not allow it.',
  404: 'The tenant is unknown.',
  500: 'The claim mapper failed, or its result cannot be sent. The log has the details.',
  503: 'A part of the backend is down, too slow or overloaded. Try again later.',
};

const RETRY_AFTER: ResponseHeaders = {
  'Retry-After': {
    description: 'Seconds after which to try again.',
    schema: { type: 'integer', example: answerOf('overloaded').retryAfterSeconds },
  },
};

/**
 * The error responses of a route: one for each status of its error codes.
 *
 * @internal
 * @param codes the errors of the route
 * @param headers additional headers of the responses, by status
 */
export function errorResponses(
  codes: readonly MintlifyErrorCode[],
  headers: Readonly<Record<number, ResponseHeaders>> = {},
): Responses {
  const statuses = [...new Set(codes.map((code) => answerOf(code).status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => answerOf(code).status === status);
      return [status, errorResponse(status, ofStatus, headers[status])];
    }),
  );
}

function errorResponse(
  status: number,
  codes: readonly MintlifyErrorCode[],
  headers: ResponseHeaders = {},
): Responses[number] {
  return {
    description: MEANINGS[status] ?? 'Rejected.',
    headers: { ...(status === 503 && RETRY_AFTER), ...headers },
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['statusCode'],
          properties: {
            statusCode: { type: 'integer', enum: [status] },
            code: { type: 'string', enum: [...codes] },
            message: { type: 'string', description: "From the host app's own guards, if they reject." },
          },
          example: { statusCode: status, code: codes[0] },
        },
      },
    },
  };
}

/** @internal The errors of all routes. */
export const COMMON_CODES: readonly MintlifyErrorCode[] = [
  'principal_failed',
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
