import { parseWwwAuthenticateError } from '../shared/challenge-parser.js';
import { withoutQuery, explainRefusal, explainUnreadableResponse } from '../shared/request-messages.js';
import type { RequestPurpose } from '../shared/request-messages.js';
import { readVisitor } from '../shared/visitor-reader.js';
import type { Visitor } from '../shared/visitor-types.js';
import { requestLog } from './request-log.js';

const REQUEST_TIMEOUT_MS = 10_000;

/** The visitor, an anonymous visitor, or an error message. */
export type UserInfoAnswer = { visitor: Visitor } | { anonymous: true } | { error: string };

/**
 * Fetches the user info from the Info API, and logs the request with an explanation. It never rejects
 * (handshakes.md, sections 4 and 5).
 *
 * @param accessToken for OAuth. Without it, the request includes the visitor's cookies.
 * @example
 * const answer = await fetchUserInfo('http://localhost:3000/docs/user-info');
 */
export async function fetchUserInfo(url: string, accessToken?: string): Promise<UserInfoAnswer> {
  const handshake = accessToken === undefined ? 'shared-session' : 'oauth';
  const entry = { purpose: 'user info', method: 'GET', url: withoutQuery(url) } as const;
  let response: Response;
  try {
    response = await fetch(url, {
      cache: 'no-store',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(accessToken === undefined
        ? { credentials: 'include' }
        : { credentials: 'omit', headers: { authorization: `Bearer ${accessToken}` } }),
    });
  } catch {
    const message = await explainNoResponse('user info', handshake, url);
    requestLog.add({ ...entry, message });
    return { error: message };
  }
  const { status } = response;
  if (!response.ok) {
    const code = parseWwwAuthenticateError(response.headers.get('www-authenticate'));
    const message = explainRefusal({ handshake, status, error: code, docsOrigin: location.origin, url });
    requestLog.add({ ...entry, status, message });
    return status === 401 && handshake === 'shared-session' ? { anonymous: true } : { error: message };
  }
  const visitor = readVisitor(await response.json().catch(() => undefined));
  const message = typeof visitor === 'string' ? visitor : 'The API returned the user info.';
  requestLog.add({ ...entry, status, message });
  return typeof visitor === 'string' ? { error: message } : { visitor };
}

/**
 * Finds out why the page got no response. The browser does not say, but a `no-cors` request shows whether the
 * server responds at all.
 *
 * @example
 * const message = await explainNoResponse('access token', 'oauth', tokenUrl);
 */
export async function explainNoResponse(
  purpose: RequestPurpose,
  handshake: 'shared-session' | 'oauth',
  url: string,
): Promise<string> {
  const isReachable = await fetch(url, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  }).then(
    () => true,
    () => false,
  );
  return explainUnreadableResponse({ purpose, handshake, docsOrigin: location.origin, url, isReachable });
}
