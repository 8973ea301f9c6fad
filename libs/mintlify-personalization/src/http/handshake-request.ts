import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RedirectParameters } from '../redirect/redirect-target.js';

/** @internal The target of a request. */
export type RequestTarget = Pick<HandshakeRequest, 'originalUrl' | 'url'>;

/** @internal The parts of a request that this library reads, on Express and Fastify. */
export interface HandshakeRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The target as the client sent it, before any router removed parts. */
  readonly originalUrl?: string;
  readonly url: string;
  /** Alternating names and values, as they were sent. Some serverless adapters leave it empty. */
  readonly rawHeaders?: readonly string[];
  /** Node's request, on Fastify. */
  readonly raw?: IncomingMessage;
  /** Set by the body parser of the app. */
  readonly body?: unknown;
  /** Set by a guard. */
  readonly user?: unknown;
}

/** @internal Node's request. */
export function rawRequestOf(request: HandshakeRequest): IncomingMessage {
  return request.raw ?? (request as unknown as IncomingMessage);
}

/** @internal Node's response. */
export function rawResponseOf(response: unknown): ServerResponse {
  const { raw } = response as { raw?: ServerResponse };
  return raw ?? (response as ServerResponse);
}

/** @internal A header as a string; several with the same name are joined (RFC 9110, section 5.3). */
export function readHeader(request: HandshakeRequest, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

/**
 * The origin of the page that sent a request. Node joins several `Origin` headers into one string, which is not a valid
 * origin.
 *
 * @internal
 */
export function readOrigin(request: HandshakeRequest): string | undefined {
  return request.headers['origin'] === undefined ? undefined : readHeader(request, 'origin');
}

/**
 * Reads `redirect` and `anchor` from the query of the request. It does not use the query parser of the app, since parsers
 * treat repeated parameters differently.
 *
 * @internal
 */
export function readRedirectParameters(request: HandshakeRequest): RedirectParameters {
  const query = readQuery(request);
  if (query === undefined) return {};
  return { redirect: query.getAll('redirect'), anchor: query.getAll('anchor') };
}

/**
 * The path of the request. It always starts with exactly one slash, so that no part of it can be read as a host name.
 *
 * @internal
 */
export function readPath(request: RequestTarget): string {
  const target = readTarget(request).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const [path = ''] = target.split(/[?#]/, 1);
  // Browsers read `\` as `/` and drop tabs and line breaks.
  return `/${path.replace(/^[/\\\t\n\r]+/, '')}`;
}

/**
 * The headers as they were sent, including repeated ones. If a serverless adapter provides no list, the parsed headers.
 *
 * @internal
 */
export function readRawHeaders(request: HandshakeRequest): readonly string[] {
  const rawHeaders = request.rawHeaders ?? request.raw?.rawHeaders ?? [];
  if (rawHeaders.length > 0) return rawHeaders;
  return Object.entries(request.headers).flatMap(([name, value = []]) =>
    [value].flat().flatMap((each) => [name, each]),
  );
}

/**
 * Removes a header, and its value from the list of raw headers. The list keeps its length, which Node relies on.
 *
 * @internal
 * @param name in lower case
 */
export function removeHeader(request: IncomingMessage, name: string): void {
  delete request.headers[name];
  // Absent where a serverless adapter makes the request.
  const { rawHeaders = [] } = request as Partial<IncomingMessage>;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) rawHeaders[index + 1] = '';
  }
}

/** @internal The query of the request; `undefined` without one. */
export function readQuery(request: RequestTarget): URLSearchParams | undefined {
  const target = readTarget(request);
  const start = target.indexOf('?');
  return start < 0 ? undefined : new URLSearchParams(target.slice(start + 1));
}

/** @internal Path and query as they were sent. */
export function readTarget({ originalUrl, url }: RequestTarget): string {
  return originalUrl ?? url;
}
