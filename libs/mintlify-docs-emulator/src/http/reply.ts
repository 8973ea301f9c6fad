import type { IncomingMessage, ServerResponse } from 'node:http';

/** A response that has not been sent yet. */
export interface Reply {
  status: number;
  /** The media type, with a charset for text. */
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

/**
 * Sends a response.
 *
 * @param headers headers of every response of the emulator.
 * @example
 * sendReply(request, response, textReply(404, 'File not found.'), securityHeaders(handshake));
 */
export function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  headers: Record<string, string>,
): void {
  response.writeHead(reply.status, {
    ...headers,
    'content-type': reply.type,
    'content-length': Buffer.byteLength(reply.body),
    ...reply.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

/**
 * A plain-text response, usually one sentence.
 *
 * @example
 * textReply(405, 'Only GET and HEAD are allowed.', { allow: 'GET, HEAD' });
 */
export function textReply(status: number, text: string, headers?: Record<string, string>): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n`, headers };
}

/**
 * A JSON response.
 *
 * @example
 * jsonReply(200, { visitor });
 */
export function jsonReply(status: number, value: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/**
 * An ES module response.
 *
 * @example
 * scriptReply('export const answer = 42;');
 */
export function scriptReply(code: string): Reply {
  return { status: 200, type: 'text/javascript; charset=utf-8', body: code };
}
