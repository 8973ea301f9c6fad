import { explainUnreachable } from './unreachable-message.js';
import { parseUrl } from './url-parser.js';

/** What a request to the customer's servers asks for, as the panel shows it. */
export type RequestPurpose = 'user info' | 'access token';

/** One request of the handshake, as the panel shows it. Contains no secrets. */
export interface RequestLogEntry {
  purpose: RequestPurpose;
  method: 'GET' | 'POST';
  /** Without query and fragment. */
  url: string;
  /** Absent if the page got no response. */
  status?: number;
  /** What happened, and how to fix it. */
  message: string;
}

/** A response that the page could read. */
export interface ReadableResponse {
  handshake: 'shared-session' | 'oauth';
  status: number;
  /** `error` from `WWW-Authenticate`, if any. */
  error?: string;
  docsOrigin: string;
  url: string;
}

/**
 * A URL for the panel, without query and fragment, which may contain secrets.
 *
 * @example
 * withoutQuery('https://api.foo.com/info?key=1'); // 'https://api.foo.com/info'
 */
export function withoutQuery(url: string): string {
  const parsed = parseUrl(url);
  return parsed ? parsed.origin + parsed.pathname : 'an invalid URL';
}

/**
 * Explains an error response, and how to fix it.
 *
 * @example
 * explainRefusal({ handshake: 'oauth', status: 403, error: 'insufficient_scope', docsOrigin, url });
 */
export function explainRefusal({ handshake, status, error, docsOrigin, url }: ReadableResponse): string {
  const code = error === undefined ? '' : ` Error code: ${error}.`;
  if (status === 401 && handshake === 'shared-session') return explainAnonymous(docsOrigin, url);
  if (status === 401) return `The API rejected the access token.${code || ' Check its audience and expiry.'}`;
  if (status === 403 && error === 'insufficient_scope') {
    return 'The access token lacks a scope that the API requires (insufficient_scope). Add it to the scopes of the docs.';
  }
  if (status === 403) {
    return `The API refused the request.${code} Check that it allows the origin ${docsOrigin}.`;
  }
  if (status === 404)
    return 'The API has no such route. Check the Info API URL, including prefix and version.';
  if (status === 503) return `The API is temporarily unavailable.${code} Try again later.`;
  return `The API returned an error.${code} Check its log.`;
}

/**
 * Explains why the browser did not let the page read the response.
 *
 * @param isReachable whether the server responds at all, to a `no-cors` request.
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
  if (!isReachable) return explainUnreachable(url);
  const cors = `The browser blocked the response (CORS). The server must send Access-Control-Allow-Origin: ${docsOrigin}`;
  if (purpose === 'access token')
    return `${cors}. Allow this origin for the docs' client at the token endpoint.`;
  return handshake === 'shared-session'
    ? `${cors} (exactly this origin) and Access-Control-Allow-Credentials: true.`
    : `${cors} (exactly this origin), and for the preflight Access-Control-Allow-Headers: Authorization.`;
}

function explainAnonymous(docsOrigin: string, url: string): string {
  const docs = new URL(docsOrigin);
  const api = new URL(url);
  if (!mayBeSameSite(docs, api)) {
    return (
      `The request had no session cookie. ${api.origin} and ${docs.origin} are on different sites, so the browser sends no ` +
      'cookie. Put API and docs under one domain, with the same scheme.'
    );
  }
  return (
    `The API found no session: log in first. If you are logged in, the cookie has expired, is not for ${api.hostname}, or is ` +
    'blocked by its SameSite or Secure attribute.'
  );
}

// An approximation: only the public suffix list is exact. Usually, hosts with the same last two labels share a site.
function mayBeSameSite(one: URL, other: URL): boolean {
  const lastTwo = ({ hostname }: URL) => hostname.split('.').slice(-2).join('.');
  return (
    one.protocol === other.protocol && (one.hostname === other.hostname || lastTwo(one) === lastTwo(other))
  );
}
