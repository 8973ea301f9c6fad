import { readHeader, type HandshakeRequest } from './handshake-request.js';
import type { ResponseHeaders } from './response-headers.js';
import type { UserInfoHandshake } from './user-info-handshake.js';

/** How long a browser may keep what a preflight allowed. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** All response headers of the CORS protocol (Fetch standard, section 3.3.3), with the one of private networks. */
const CORS_HEADERS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Access-Control-Allow-Private-Network',
];

/**
 * Lets a page of an origin read the answer, its status and the headers that say why. To be called after
 * {@link denyOrigins}.
 *
 * @internal
 */
export function allowOrigin(
  headers: ResponseHeaders,
  origin: string,
  { isCredentialed }: UserInfoHandshake,
): void {
  headers.set('Access-Control-Allow-Origin', origin);
  if (isCredentialed) headers.set('Access-Control-Allow-Credentials', 'true');
  headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After');
}

/**
 * Lets a page of an origin ask: a preflight's answer. To be called after {@link denyOrigins}.
 *
 * @internal
 */
export function allowRequest(headers: ResponseHeaders, origin: string, handshake: UserInfoHandshake): void {
  allowOrigin(headers, origin, handshake);
  headers.remove('Access-Control-Expose-Headers');
  headers.set('Access-Control-Allow-Methods', 'GET');
  if (handshake.allowedHeader !== undefined) {
    headers.set('Access-Control-Allow-Headers', handshake.allowedHeader);
  }
  headers.set('Access-Control-Max-Age', String(PREFLIGHT_MAX_AGE_SECONDS));
}

/**
 * Lets no page of another origin read the answer, whatever CORS settings of the host app said before.
 *
 * @internal
 */
export function denyOrigins(headers: ResponseHeaders): void {
  for (const name of CORS_HEADERS) headers.remove(name);
}

/**
 * Sets the headers that every answer of a user-info route carries: no cache keeps it, and it depends on `Origin`,
 * beside whatever else the host app says of that.
 *
 * @internal
 */
export function setUserInfoHeaders(headers: ResponseHeaders): void {
  headers.set('Cache-Control', 'private, no-store');
  headers.set('Referrer-Policy', 'no-referrer');
  headers.set('X-Content-Type-Options', 'nosniff');
  const vary = headers.get('Vary');
  // Nearly always, and the rest is dear.
  if (vary === 'Origin') return;
  const names = vary
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    // On Fastify the same name may stand at two places, and this may be called twice.
    .filter((name, index, all) => all.findIndex((other) => isSameName(other, name)) === index);
  const isSaid = names.some((name) => /^(?:\*|origin)$/i.test(name));
  headers.set('Vary', [...names, ...(isSaid ? [] : ['Origin'])].join(', '));
}

/** Names of headers do not differ by case (RFC 9110, section 5.1). */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Whether a request comes from a page of another site that a browser sends no `Origin` for: an image, a script
 * (Fetch Metadata, `Sec-Fetch-Site`). Its page reads nothing, and nobody is to be identified to it.
 *
 * @internal
 */
export function isForeignSubresource(request: HandshakeRequest): boolean {
  const site = readHeader(request, 'sec-fetch-site').toLowerCase();
  return request.headers['origin'] === undefined && site !== '' && site !== 'same-origin' && site !== 'none';
}
