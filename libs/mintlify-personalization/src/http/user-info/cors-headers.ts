import type { CorsRules } from '../handshake.definition.js';
import type { ResponseHead } from '../response-head.js';

/** How long a browser may keep what a preflight allowed. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;
const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';

/** @internal What is to be told about an answer. */
export interface CorsDecision {
  /** The origin whose page may read it. */
  readonly allowedOrigin: string | undefined;
  readonly isPreflight: boolean;
}

/**
 * Sets the headers of the CORS protocol (Fetch standard, section 3.3.3) on an answer. What the host app's own CORS
 * settings have said of it is taken away, for the whole route is this library's.
 *
 * @internal
 */
export function setCorsHeaders(
  head: ResponseHead,
  rules: CorsRules,
  { allowedOrigin, isPreflight }: CorsDecision,
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
  head.setHeader('Access-Control-Allow-Methods', 'GET');
  if (rules.allowedHeader !== undefined) {
    head.setHeader('Access-Control-Allow-Headers', rules.allowedHeader);
  }
  head.setHeader('Access-Control-Max-Age', String(PREFLIGHT_MAX_AGE_SECONDS));
}

/** Adds to what the host app says the answer depends on. */
function setVary(head: ResponseHead, added: string): void {
  const before = head.getHeader('Vary');
  head.setHeader('Vary', before === undefined ? added : mergeVary(before, added));
}

/**
 * Puts several values of `Vary` together, each name once. Names do not differ by case (RFC 9110, section 5.1).
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
