import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

/** @internal The headers of an answer, which can still be changed. */
export interface ResponseHead {
  getHeader(name: string): number | string | readonly string[] | undefined;
  getHeaderNames(): readonly string[];
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): void;
}

type WriteHead = (...args: unknown[]) => ServerResponse;

/**
 * Calls a function once, right before the headers of an answer are sent.
 *
 * `on-headers` first copies all headers of `writeHead` to the response, one by one. Fastify gives them as one object,
 * with lower-case names: there they are changed in place, and not copied.
 *
 * @internal
 */
export function beforeHead(response: ServerResponse, change: (head: ResponseHead) => void): void {
  const writeHead = Reflect.get(response, 'writeHead') as WriteHead;
  onHeaders(response, () => change(response));
  const writeAnyHead = Reflect.get(response, 'writeHead') as WriteHead;
  response.writeHead = createWriteHead(response, writeHead, writeAnyHead, change);
}

/**
 * A function of its own: V8 allocates a function literal that is assigned to a property in the old generation, and it would
 * keep its request until the next major garbage collection.
 */
function createWriteHead(
  response: ServerResponse,
  writeHead: WriteHead,
  writeAnyHead: WriteHead,
  change: (head: ResponseHead) => void,
): WriteHead {
  return (...args) => {
    const [, headers] = args;
    const isWhole = args.length === 2 && isWholeHead(response, headers);
    if (isWhole) change(new HeadObject(headers));
    return Reflect.apply(isWhole ? writeHead : writeAnyHead, response, args);
  };
}

/** Whether all headers of the answer stand in this object, by their lower-case names. */
function isWholeHead(response: ServerResponse, headers: unknown): headers is OutgoingHttpHeaders {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return false;
  if (Object.isFrozen(headers) || response.getHeaderNames().length > 0) return false;
  for (const name in headers) if (name !== name.toLowerCase()) return false;
  return true;
}

/** Headers that `writeHead` was given. */
class HeadObject implements ResponseHead {
  readonly #headers: OutgoingHttpHeaders;

  constructor(headers: OutgoingHttpHeaders) {
    this.#headers = headers;
  }

  getHeader(name: string): number | string | readonly string[] | undefined {
    return this.#headers[name.toLowerCase()];
  }

  getHeaderNames(): string[] {
    return Object.keys(this.#headers);
  }

  setHeader(name: string, value: string): void {
    this.#headers[name.toLowerCase()] = value;
  }

  removeHeader(name: string): void {
    delete this.#headers[name.toLowerCase()];
  }
}
