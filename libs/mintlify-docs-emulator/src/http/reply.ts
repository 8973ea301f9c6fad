import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer, before it is sent. */
export interface Reply {
  status: number;
  /** The media type, with its charset where it is text. */
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

// Scripts and styles come from the emulator alone. Pages may show pictures and films from elsewhere, as docs
// do, but connect to nothing else.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: https:",
  "media-src 'self' https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/**
 * Sends an answer with the security headers that every answer of the emulator has. Nothing is cached, so that
 * an edit shows on reload.
 *
 * @example
 * sendReply(request, response, textReply(404, 'There is no such file.'));
 */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...HEADERS,
    'content-type': reply.type,
    'content-length': Buffer.byteLength(reply.body),
    ...reply.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

/**
 * An answer in plain text, one sentence as a rule.
 *
 * @example
 * textReply(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
 */
export function textReply(status: number, text: string, headers?: Record<string, string>): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n`, headers };
}

/**
 * An answer in JSON.
 *
 * @example
 * jsonReply(200, { visitor });
 */
export function jsonReply(status: number, value: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/**
 * An ES module.
 *
 * @example
 * scriptReply('export const answer = 42;');
 */
export function scriptReply(code: string): Reply {
  return { status: 200, type: 'text/javascript; charset=utf-8', body: code };
}
