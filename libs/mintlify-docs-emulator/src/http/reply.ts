import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer, before it is sent. */
export interface Reply {
  status: number;
  /** The media type, with its charset where it is text. */
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

/**
 * Sends an answer.
 *
 * @param headers that every answer of the emulator has.
 * @example
 * sendReply(request, response, textReply(404, 'There is no such file.'), securityHeaders(handshake));
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
