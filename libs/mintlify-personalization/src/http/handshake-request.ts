import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RedirectParameters } from '../redirect/redirect-target.js';

/** @internal Where a request goes. */
export type RequestTarget = Pick<HandshakeRequest, 'originalUrl' | 'url'>;

/** @internal What this library reads of a request, on Express and on Fastify alike. */
export interface HandshakeRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The target as the client sent it, before any router took parts off. */
  readonly originalUrl?: string;
  readonly url: string;
  /** Names and values in turn, as they were sent. Some serverless adapters leave it empty. */
  readonly rawHeaders?: readonly string[];
  /** Node's own request, below Fastify's. */
  readonly raw?: IncomingMessage;
  /** What a guard put there. */
  readonly user?: unknown;
}

/** @internal Node's own request below the platform's. */
export function rawRequestOf(request: HandshakeRequest): IncomingMessage {
  return request.raw ?? (request as unknown as IncomingMessage);
}

/** @internal Node's own response below the platform's. */
export function rawResponseOf(response: unknown): ServerResponse {
  const { raw } = response as { raw?: ServerResponse };
  return raw ?? (response as ServerResponse);
}

/** @internal One header as text; several of the same name are joined, as in RFC 9110, section 5.3. */
export function readHeader(request: HandshakeRequest, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

/**
 * Reads `redirect` and `anchor` from the request's own query, whatever parser the app has for its routes: they
 * differ in what they make of a repeated parameter.
 *
 * @internal
 */
export function readRedirectParameters(request: HandshakeRequest): RedirectParameters {
  const target = readTarget(request);
  const start = target.indexOf('?');
  if (start < 0) return {};
  const query = new URLSearchParams(target.slice(start + 1));
  return { redirect: query.getAll('redirect'), anchor: query.getAll('anchor') };
}

/**
 * The path at which the request came in, with one slash at its start whatever was sent, so that nothing in it
 * is ever read as a host name.
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
 * The headers as they were sent, repeated ones too. Where a serverless adapter kept no list of them, those that it
 * parsed.
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

/** @internal Path and query as they were sent. */
export function readTarget({ originalUrl, url }: RequestTarget): string {
  return originalUrl ?? url;
}
