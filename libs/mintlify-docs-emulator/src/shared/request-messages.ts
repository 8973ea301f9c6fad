import { parseUrl } from './url-parser.js';

/** What is asked of the customer's servers, as the panel names it. */
export type RequestPurpose = 'user info' | 'access token';

/** One request of the handshake, as the panel shows it. Holds nothing secret. */
export interface RequestLogEntry {
  purpose: RequestPurpose;
  method: 'GET' | 'POST';
  /** Without query and fragment. */
  url: string;
  /** Absent where the browser gave the page no answer. */
  status?: number;
  /** What happened, as a sentence. */
  message: string;
}

/** An answer that the page could read. */
export interface ReadableResponse {
  handshake: 'shared-session' | 'oauth';
  status: number;
  /** The `error` of `WWW-Authenticate` or of the body, where there is one. */
  error?: string;
  docsOrigin: string;
  url: string;
}

/**
 * An address for the panel: without its query and fragment, which may hold what is nobody's business.
 *
 * @example
 * withoutQuery('https://api.foo.com/info?key=1'); // 'https://api.foo.com/info'
 */
export function withoutQuery(url: string): string {
  const parsed = parseUrl(url);
  return parsed ? parsed.origin + parsed.pathname : 'an address that is no URL';
}

/**
 * Says what an answer means that is no success.
 *
 * @example
 * explainRefusal({ handshake: 'oauth', status: 403, error: 'insufficient_scope', docsOrigin, url });
 */
export function explainRefusal({ handshake, status, error, docsOrigin, url }: ReadableResponse): string {
  const says = error === undefined ? '' : ` The API says ${error}.`;
  if (status === 401 && handshake === 'shared-session') return explainAnonymous(docsOrigin, url);
  if (status === 401)
    return `The API did not take the access token.${says || ' Is it for this API, and in time?'}`;
  if (status === 403 && error === 'insufficient_scope') {
    return 'The access token lacks a scope that the API requires (insufficient_scope): see the scopes of the docs.';
  }
  if (status === 403) {
    return `The API refuses to tell.${says} Is ${docsOrigin} among the origins that it allows?`;
  }
  if (status === 404)
    return 'There is nothing at this address: is the Info API URL right, prefix and version included?';
  if (status === 503) return `The API cannot tell just now.${says} Try again in a while.`;
  return `The API answered with an error.${says} Its log may say why.`;
}

/**
 * Says why the browser gave the page no answer.
 *
 * @param isReachable whether the server answers at all, to a request that needs no permission.
 * @example
 * explainUnreadableResponse({ purpose: 'user info', handshake: 'oauth', docsOrigin, url, isReachable: true });
 */
export function explainUnreadableResponse(request: {
  purpose: RequestPurpose;
  handshake: 'shared-session' | 'oauth';
  docsOrigin: string;
  url: string;
  isReachable: boolean;
}): string {
  const { purpose, handshake, docsOrigin, url, isReachable } = request;
  const server = parseUrl(url)?.origin ?? 'the server';
  if (!isReachable)
    return `The browser could not reach ${server}, or may not tell. Is it running, and is the address right?`;
  const opening = `The browser kept the answer from the page (CORS). The answer must say Access-Control-Allow-Origin: ${docsOrigin}`;
  if (purpose === 'access token')
    return `${opening}. Allow this origin for the docs' client at the token endpoint.`;
  return handshake === 'shared-session'
    ? `${opening}, exactly, and Access-Control-Allow-Credentials: true.`
    : `${opening}, exactly, and its preflight Access-Control-Allow-Headers: Authorization.`;
}

function explainAnonymous(docsOrigin: string, url: string): string {
  const docs = new URL(docsOrigin);
  const api = new URL(url);
  if (!mayBeSameSite(docs, api)) {
    return (
      `No session came along. ${api.origin} and ${docs.origin} are on different sites, so the browser sends no cookie from ` +
      'one to the other: put API and docs under one domain, with the same scheme.'
    );
  }
  return (
    `No session came along: log in first. If you are logged in, the cookie is not for ${api.hostname}, is over, or its ` +
    'SameSite or Secure attribute keeps it back.'
  );
}

// Only the public suffix list knows for sure. Two names that share their last two parts are on one site, as a rule.
function mayBeSameSite(one: URL, other: URL): boolean {
  const lastTwo = ({ hostname }: URL) => hostname.split('.').slice(-2).join('.');
  return (
    one.protocol === other.protocol && (one.hostname === other.hostname || lastTwo(one) === lastTwo(other))
  );
}
