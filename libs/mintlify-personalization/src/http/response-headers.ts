import type { ServerResponse } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';

/** @internal The headers of an answer that is still to be sent, on Express and on Fastify alike. */
export interface ResponseHeaders {
  /** An empty text where the header is not set; several of the same name are joined. */
  get(name: string): string;
  set(name: string, value: string): void;
  remove(name: string): void;
}

/** What Node's response and Fastify's reply have in common. */
interface HeaderHolder {
  getHeader(name: string): number | string | string[] | undefined;
  removeHeader(name: string): void;
}

/**
 * The headers of a response as a guard, a filter or a middleware gets it.
 *
 * @internal
 */
export function headersOf(adapter: HttpAdapterHost['httpAdapter'], response: unknown): ResponseHeaders {
  // Below Fastify's reply is Node's response, where middleware and Nest's own CORS leave headers of theirs.
  const reply = response as HeaderHolder & { raw?: ServerResponse };
  const holders: HeaderHolder[] = reply.raw === undefined ? [reply] : [reply, reply.raw];
  return {
    get: (name) => {
      const values = holders.flatMap((holder) => holder.getHeader(name) ?? []).map(String);
      return [...new Set(values)].join(', ');
    },
    set: (name, value) => adapter.setHeader(response, name, value),
    remove: (name) => {
      for (const holder of holders) holder.removeHeader(name);
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
    get: (name) => [response.getHeader(name) ?? []].flat().join(', '),
    set: (name, value) => response.setHeader(name, value),
    remove: (name) => response.removeHeader(name),
  };
}
