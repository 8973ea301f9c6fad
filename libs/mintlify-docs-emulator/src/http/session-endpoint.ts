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
 * Verifies a token that a page of public docs found in its fragment. Answers the visitor (200), or why the
 * token was refused (422). This runs on the server because browsers have no WebCrypto on plain http, except on
 * localhost: a phone on your network, for example.
 *
 * Only the docs page may call it: the request must be same-origin and contain JSON, `{ "token": "…" }`. Other
 * requests get 403, 405, 413, 415 or 400. The token is not stored.
 *
 * @example
 * sendReply(request, response, await answerSession(request, keyring));
 */
export async function answerSession(request: IncomingMessage, keyring: Keyring): Promise<Reply> {
  if (request.method !== 'POST') {
    return { ...refusalReply(405, 'method', 'Only POST is allowed.'), headers: { allow: 'POST' } };
  }
  if (!isSameOrigin(request))
    return refusalReply(403, 'origin', 'Only pages of these docs may call this endpoint.');
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
