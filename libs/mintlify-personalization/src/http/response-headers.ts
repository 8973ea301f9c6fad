import type { ServerResponse } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';

/** @internal The headers of an answer that is still to be sent, on Express and on Fastify alike. */
export interface ResponseHeaders {
  /** An empty text where the header is not set; several of the same name are joined. */
  get(name: string): string;
  set(name: string, value: string): void;
  remove(name: string): void;
}

type HeaderValue = number | string | readonly string[] | undefined;

/** What Node's response and Fastify's reply have in common. */
interface HeaderHolder {
  getHeader(name: string): HeaderValue;
  removeHeader(name: string): void;
}

/**
 * The headers of a response as a guard, a filter or a hook gets it.
 *
 * @internal
 */
export function headersOf(adapter: HttpAdapterHost['httpAdapter'], response: unknown): ResponseHeaders {
  // Below Fastify's reply is Node's response, where middleware and Nest's own CORS leave headers of theirs.
  const reply = response as HeaderHolder & { readonly raw?: ServerResponse };
  const { raw } = reply;
  return {
    get: (name) => {
      const own = textOf(reply.getHeader(name));
      const below = textOf(raw?.getHeader(name));
      return below === '' || below === own ? own : `${own}, ${below}`;
    },
    set: (name, value) => adapter.setHeader(response, name, value),
    remove: (name) => {
      // Fastify's reply looks below itself, too.
      if (reply.getHeader(name) === undefined) return;
      reply.removeHeader(name);
      raw?.removeHeader(name);
    },
  };
}

/**
 * The headers of Node's own response.
 *
 * @internal
 */
export function rawHeadersOf(response: ServerResponse): ResponseHeaders {
  return {
    get: (name) => textOf(response.getHeader(name)),
    set: (name, value) => response.setHeader(name, value),
    remove: (name) => response.removeHeader(name),
  };
}

function textOf(value: HeaderValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? value.join(', ') : String(value ?? '');
}
