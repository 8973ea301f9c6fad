import { parseWwwAuthenticateError } from '../shared/challenge.parser.js';
import { bareUrl, refusalWords, unreadableWords } from '../shared/request.words.js';
import type { RequestPurpose } from '../shared/request.words.js';
import { readVisitor } from '../shared/visitor.reader.js';
import type { Visitor } from '../shared/visitor.types.js';
import { requestLog } from './request.log.js';

const ANSWER_WITHIN_MS = 10_000;

/** What came of asking: the visitor, nobody, or trouble in words. */
export type UserInfoAnswer = { visitor: Visitor } | { anonymous: true } | { trouble: string };

/**
 * Asks the Info API who the visitor is, and notes in words what came of it. It never rejects (handshakes.md, sections 4
 * and 5).
 *
 * @param accessToken with OAuth; without it, the request carries the visitor's cookies.
 * @example
 * const answer = await askUserInfo('http://localhost:3000/docs/user-info');
 */
export async function askUserInfo(url: string, accessToken?: string): Promise<UserInfoAnswer> {
  const handshake = accessToken === undefined ? 'shared-session' : 'oauth';
  const note = { purpose: 'user info', method: 'GET', url: bareUrl(url) } as const;
  let response: Response;
  try {
    response = await fetch(url, {
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(accessToken === undefined
        ? { credentials: 'include' }
        : { credentials: 'omit', headers: { authorization: `Bearer ${accessToken}` } }),
    });
  } catch {
    const words = await explainSilence('user info', handshake, url);
    requestLog.add({ ...note, words });
    return { trouble: words };
  }
  const { status } = response;
  if (!response.ok) {
    const error = parseWwwAuthenticateError(response.headers.get('www-authenticate'));
    const words = refusalWords({ handshake, status, error, docsOrigin: location.origin, url });
    requestLog.add({ ...note, status, words });
    return status === 401 && handshake === 'shared-session' ? { anonymous: true } : { trouble: words };
  }
  const visitor = readVisitor(await response.json().catch(() => undefined));
  const words = typeof visitor === 'string' ? visitor : 'The API told who the visitor is.';
  requestLog.add({ ...note, status, words });
  return typeof visitor === 'string' ? { trouble: words } : { visitor };
}

/**
 * Finds out why the browser gave the page no answer: it tells the page nothing, but lets it ask whether there is a server.
 *
 * @example
 * const words = await explainSilence('access token', 'oauth', tokenUrl);
 */
export async function explainSilence(
  purpose: RequestPurpose,
  handshake: 'shared-session' | 'oauth',
  url: string,
): Promise<string> {
  const isReachable = await fetch(url, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).then(
    () => true,
    () => false,
  );
  return unreadableWords({ purpose, handshake, docsOrigin: location.origin, url, isReachable });
}
