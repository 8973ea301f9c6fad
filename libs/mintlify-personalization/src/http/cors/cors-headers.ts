import type { CorsRules, HandshakeMethod } from '../handshake.definition.js';
import type { ResponseHead } from '../response-head.js';

/** How long a browser may cache a preflight. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;
const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';

/** @internal The CORS decision about a response. */
export interface CorsDecision {
  /** The origin whose pages may read it. */
  readonly allowedOrigin: string | undefined;
  readonly isPreflight: boolean;
  /** The method of the route. */
  readonly method: HandshakeMethod;
}

/**
 * Sets the CORS headers of a response (Fetch standard, section 3.3.3), and removes those of the host app's own CORS
 * settings: on this route, only this library decides.
 *
 * @internal
 */
export function setCorsHeaders(
  head: ResponseHead,
  rules: CorsRules,
  { allowedOrigin, isPreflight, method }: CorsDecision,
): void {
  for (const name of head.getHeaderNames()) {
    if (name.startsWith('access-control-')) head.removeHeader(name);
  }
  setVary(head, isPreflight ? PREFLIGHT_VARY : 'Origin');
  if (allowedOrigin === undefined) return;
  head.setHeader('Access-Control-Allow-Origin', allowedOrigin);
  if (rules.isCredentialed) head.setHeader('Access-Control-Allow-Credentials', 'true');
  if (!isPreflight) {
    head.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After');
    return;
  }
  head.setHeader('Access-Control-Allow-Methods', method);
  if (rules.allowedHeaders !== undefined) {
    head.setHeader('Access-Control-Allow-Headers', rules.allowedHeaders);
  }
  head.setHeader('Access-Control-Max-Age', String(PREFLIGHT_MAX_AGE_SECONDS));
}

/** Adds to the `Vary` of the host app. */
function setVary(head: ResponseHead, added: string): void {
  const before = head.getHeader('Vary');
  head.setHeader('Vary', before === undefined ? added : mergeVary(before, added));
}

/**
 * Merges several values of `Vary`, each name once. Names are case-insensitive (RFC 9110, section 5.1).
 *
 * @internal
 */
export function mergeVary(...values: readonly (number | string | readonly string[])[]): string {
  const byName = new Map<string, string>();
  for (const name of values.flat().join(',').split(',')) {
    const trimmed = name.trim();
    if (trimmed !== '' && !byName.has(trimmed.toLowerCase())) byName.set(trimmed.toLowerCase(), trimmed);
  }
  return byName.has('*') ? '*' : [...byName.values()].join(', ');
}
