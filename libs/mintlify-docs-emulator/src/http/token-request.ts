import type { IncomingMessage } from 'node:http';
import { isRecord } from '../shared/type-guards.js';
import { parseUrl } from '../shared/url-parser.js';
import type { SessionAnswer } from '../shared/visitor-types.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';

/** The largest body that the session endpoint accepts, in bytes. A token with user data is far smaller. */
export const MAX_SESSION_BODY_BYTES = 65_536;

/**
 * Reads the token from a request to the session endpoint: JSON, `{ "token": "…" }`.
 *
 * @returns the token, or an error response: 413, 415 or 400.
 * @example
 * const token = await readTokenRequest(request);
 * if (typeof token !== 'string') return token;
 */
export async function readTokenRequest(request: IncomingMessage): Promise<string | Reply> {
  const body = await readJsonBody(request);
  if ('reply' in body) return body.reply;
  const token = isRecord(body.value) ? body.value.token : undefined;
  return typeof token === 'string' ? token : refusalReply(400, 'body', 'The body must be {"token":"…"}.');
}

/**
 * Reads a small JSON body.
 *
 * @param maxBytes the largest one.
 * @returns its value, `undefined` for invalid JSON; or an error response: 413 or 415.
 * @example
 * const body = await readJsonBody(request);
 * if ('reply' in body) return body.reply;
 */
export async function readJsonBody(
  request: IncomingMessage,
  maxBytes = MAX_SESSION_BODY_BYTES,
): Promise<{ value: unknown } | { reply: Reply }> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    return { reply: refusalReply(415, 'media-type', 'The body must be application/json.') };
  }
  const body = await readBody(request, maxBytes);
  if (body === undefined) {
    return { reply: refusalReply(413, 'too-large', `The body is over ${maxBytes} bytes.`) };
  }
  return { value: parseJson(body) };
}

/**
 * Tells whether a request comes from a page of the docs. Browsers send `Sec-Fetch-Site` only to trustworthy
 * origins, but `Origin` with every request other than GET and HEAD.
 *
 * @example
 * if (!isSameOrigin(request)) return refusalReply(403, 'origin', 'Only pages of these docs may call this endpoint.');
 */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && host !== undefined && parseUrl(origin)?.host === host;
}

/**
 * An error response of the session endpoint, with a message for the page to show.
 *
 * @example
 * refusalReply(422, 'expired', 'The token expired 3 seconds ago.');
 */
export function refusalReply(status: number, code: string, message: string): Reply {
  const answer: SessionAnswer = { refusal: { code, message } };
  return jsonReply(status, answer);
}

// A body that is too long is read to its end and discarded, so that the browser receives the response.
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  return length <= maxBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
