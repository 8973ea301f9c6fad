import { MintlifyPersonalizationError } from '../errors.js';

/** @internal What is looked at of a request, to find its access token. */
export interface BearerRequest {
  /** Names and values in turn, as they were sent: `headers` keeps one `Authorization` of several. */
  readonly rawHeaders: readonly string[];
  /** Path and query. */
  readonly target: string;
}

/**
 * Reads the access token of a request: one `Authorization` header of the scheme `Bearer` (RFC 6750, section 2.1),
 * and nothing else. A token in the query would stand in logs and histories.
 *
 * @internal
 * @throws MintlifyPersonalizationError `unauthenticated` without a token, `invalid_request` for one sent otherwise
 */
export function readBearerToken({ rawHeaders, target }: BearerRequest): string {
  if (hasTokenInQuery(target)) throw invalidRequest('An access token does not go into the query');
  const [authorization, ...others] = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
  if (others.length > 0) throw invalidRequest('There is more than one Authorization header');
  if (authorization === undefined || !/^bearer(?:\s|$)/i.test(authorization)) {
    throw new MintlifyPersonalizationError('unauthenticated', 'There is no access token in the request.');
  }
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw invalidRequest('The Authorization header is not "Bearer" and one access token');
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
