import type { IncomingMessage } from 'node:http';
import type { Keyring } from '../keys/public-key-source.js';
import type { SessionAnswer } from '../shared/visitor-types.js';
import { readKeyring } from '../token/keyring-reader.js';
import { TokenRefusedError } from '../token/token-refused-error.js';
import { verifyToken } from '../token/token-verifier.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';
import { isSameOrigin, readTokenRequest, refusalReply } from './token-request.js';

/**
 * Checks a token that a page of public docs found in its fragment and answers the visitor (200), or the reason
 * in words why the token is refused (422). It is done here and not in the page because browsers have no
 * WebCrypto on a plain-http origin other than localhost, such as a phone's view of this machine.
 *
 * Only the docs' own page may ask: the request must come from this origin and be JSON, `{ "token": "…" }`.
 * Anything else is answered with 403, 405, 413, 415 or 400. The token is kept nowhere.
 *
 * @example
 * sendReply(request, response, await answerSession(request, keyring));
 */
export async function answerSession(request: IncomingMessage, keyring: Keyring): Promise<Reply> {
  if (request.method !== 'POST') {
    return { ...refusalReply(405, 'method', 'Only POST is answered here.'), headers: { allow: 'POST' } };
  }
  if (!isSameOrigin(request)) return refusalReply(403, 'origin', 'Only the docs page itself may ask here.');
  const token = await readTokenRequest(request);
  if (typeof token !== 'string') return token;
  try {
    const keys = await readKeyring(keyring);
    const answer: SessionAnswer = { visitor: await verifyToken(token, keys, Date.now()) };
    return jsonReply(200, answer);
  } catch (error) {
    if (error instanceof TokenRefusedError) return refusalReply(422, error.code, error.message);
    throw error;
  }
}
