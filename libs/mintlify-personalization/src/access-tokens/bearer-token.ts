import { MintlifyPersonalizationError } from '../errors.js';

/** @internal The parts of a request that are needed to find its access token. */
export interface BearerRequest {
  /** Alternating names and values, as they were sent: `headers` keeps only one of several `Authorization` headers. */
  readonly rawHeaders: readonly string[];
  /** Path and query. */
  readonly target: string;
}

/**
 * Reads the access token of a request from its one `Authorization` header with the scheme `Bearer` (RFC 6750, section
 * 2.1). A token in the query is rejected, since it would end up in logs and browser histories.
 *
 * @internal
 * @throws MintlifyPersonalizationError `unauthenticated` without a token, `invalid_request` if it is sent in another way
 */
export function readBearerToken({ rawHeaders, target }: BearerRequest): string {
  if (hasTokenInQuery(target)) throw invalidRequest('The access token is in the query');
  const [authorization, ...others] = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
  if (others.length > 0) throw invalidRequest('There is more than one Authorization header');
  if (authorization === undefined || !/^bearer(?:\s|$)/i.test(authorization)) {
    throw new MintlifyPersonalizationError('unauthenticated', 'The request has no access token.');
  }
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw invalidRequest('The Authorization header must be "Bearer" and one access token');
  return token;
}

function hasTokenInQuery(target: string): boolean {
  const start = target.indexOf('?');
  return start >= 0 && new URLSearchParams(target.slice(start)).has('access_token');
}

function invalidRequest(what: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'invalid_request',
    `${what}. Send the access token in one "Authorization: Bearer" header.`,
  );
}
