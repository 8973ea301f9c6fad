import type { IncomingMessage } from 'node:http';
import type { Keyring } from '../keys/public-key-source.js';
import type { SessionCookie } from '../session/session-cookie.js';
import type { VisitorSessions } from '../session/visitor-sessions.js';
import type { SessionAnswer } from '../shared/visitor-types.js';
import type { SiteAddress } from '../site/site-address.js';
import { readKeyring } from '../token/keyring-reader.js';
import { verifyPrivateToken } from '../token/private-token-verifier.js';
import { TokenRefusedError } from '../token/token-refused-error.js';
import type { JtiReplayStore } from '../token/jti-replay-store.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';
import { isSameOrigin, readTokenRequest, refusalReply } from './token-request.js';

/** What the session endpoint of private docs needs. */
export interface PrivateSessionContext {
  address: SiteAddress;
  keyring: Keyring;
  replayStore: JtiReplayStore;
  sessions: VisitorSessions;
  cookie: SessionCookie;
}

/**
 * The session endpoint of private docs.
 *
 * - `POST` verifies the token from the callback page's fragment. It starts a session in an `HttpOnly` cookie
 *   (200), or explains why the token was refused (422). Either way, an earlier session ends.
 * - `DELETE` logs out (204).
 *
 * Only pages of the docs may call it; other requests get the same errors as in public docs. The token is not
 * stored.
 *
 * @example
 * sendReply(request, response, await answerPrivateSession(request, context));
 */
export async function answerPrivateSession(
  request: IncomingMessage,
  context: PrivateSessionContext,
): Promise<Reply> {
  const { method } = request;
  if (method !== 'POST' && method !== 'DELETE') {
    const allow = 'POST, DELETE';
    return { ...refusalReply(405, 'method', `Only ${allow} are allowed.`), headers: { allow } };
  }
  if (!isSameOrigin(request)) {
    return refusalReply(403, 'origin', 'Only pages of these docs may call this endpoint.');
  }
  const token = method === 'POST' ? await readTokenRequest(request) : undefined;
  if (typeof token === 'object') return token;
  context.sessions.end(context.cookie.read(request.headers.cookie));
  return token === undefined ? endSession(context) : logIn(token, context);
}

async function logIn(token: string, context: PrivateSessionContext): Promise<Reply> {
  const { address, keyring, replayStore, sessions, cookie } = context;
  const nowMs = Date.now();
  try {
    const keys = await readKeyring(keyring);
    const visitor = await verifyPrivateToken(token, { keys, address, replayStore }, nowMs);
    const answer: SessionAnswer = { visitor };
    const id = sessions.open(visitor);
    return withCookie(jsonReply(200, answer), cookie.write(id, visitor.expiresAt, nowMs));
  } catch (error) {
    if (!(error instanceof TokenRefusedError)) throw error;
    return withCookie(refusalReply(422, error.code, error.message), cookie.clear());
  }
}

function endSession({ cookie }: PrivateSessionContext): Reply {
  return withCookie({ status: 204, type: 'text/plain; charset=utf-8', body: '' }, cookie.clear());
}

function withCookie(reply: Reply, cookie: string): Reply {
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } };
}
