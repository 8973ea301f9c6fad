import type { IncomingMessage } from 'node:http';
import type { VerificationKey } from '../keys/public-key.parser.js';
import { isRecord } from '../shared/record.guard.js';
import type { SessionAnswer } from '../shared/visitor.types.js';
import { TokenRefusal } from '../token/token.refusal.js';
import { verifyToken } from '../token/token.verifier.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';

/** The largest body that the session endpoint reads, in bytes. A token with user data is far smaller. */
export const MAX_SESSION_BODY_BYTES = 65_536;

/**
 * Checks a token that the docs page found in its fragment and answers the visitor (200), or the reason in
 * words why the token is refused (422). It is done here and not in the page because browsers have no
 * WebCrypto on a plain-http origin other than localhost, such as a phone's view of this machine.
 *
 * Only the docs' own page may ask: the request must come from this origin and be JSON, `{ "token": "…" }`.
 * Anything else is answered with 403, 405, 413, 415 or 400. The token is kept nowhere.
 *
 * @example
 * sendReply(request, response, await answerSession(request, keys));
 */
export async function answerSession(
  request: IncomingMessage,
  keys: readonly VerificationKey[],
): Promise<Reply> {
  if (request.method !== 'POST') {
    return { ...refuse(405, 'method', 'Only POST is answered here.'), headers: { allow: 'POST' } };
  }
  if (!isSameOrigin(request)) return refuse(403, 'origin', 'Only the docs page itself may ask here.');
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    return refuse(415, 'media-type', 'The body must be application/json.');
  }
  const body = await readBody(request);
  if (body === undefined)
    return refuse(413, 'too-large', `The body is over ${MAX_SESSION_BODY_BYTES} bytes.`);
  const token = readToken(body);
  if (token === undefined) return refuse(400, 'body', 'The body must be {"token":"…"}.');
  return answerToken(token, keys);
}

async function answerToken(token: string, keys: readonly VerificationKey[]): Promise<Reply> {
  try {
    const answer: SessionAnswer = { visitor: await verifyToken(token, keys, Date.now()) };
    return jsonReply(200, answer);
  } catch (error) {
    if (error instanceof TokenRefusal) return refuse(422, error.code, error.message);
    throw error;
  }
}

function refuse(status: number, code: string, message: string): Reply {
  const answer: SessionAnswer = { refusal: { code, message } };
  return jsonReply(status, answer);
}

// Browsers send Sec-Fetch-Site only where the origin is trustworthy, and Origin with every POST.
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

// A body that is too long is read to its end and thrown away, so that the browser gets to read the answer.
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_SESSION_BODY_BYTES) chunks.push(chunk);
  }
  return length <= MAX_SESSION_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function readToken(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && typeof value.token === 'string' ? value.token : undefined;
  } catch {
    return undefined;
  }
}
