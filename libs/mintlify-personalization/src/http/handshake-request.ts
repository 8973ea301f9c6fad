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
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders?: readonly string[];
  /** Node's own request, below Fastify's. */
  readonly raw?: { readonly rawHeaders: readonly string[] };
  /** What a guard put there. */
  readonly user?: unknown;
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

/** @internal The headers as they were sent, repeated ones too. */
export function readRawHeaders({ rawHeaders, raw }: HandshakeRequest): readonly string[] {
  return rawHeaders ?? raw?.rawHeaders ?? [];
}

/** @internal Path and query as they were sent. */
export function readTarget({ originalUrl, url }: RequestTarget): string {
  return originalUrl ?? url;
}
