import type { DocsHandshake } from '../shared/handshake-types.js';

/**
 * The security headers that every answer of an emulator has. Scripts and styles come from the emulator alone. Pages may
 * show pictures and films from elsewhere, as docs do, but connect to nothing else than what the handshake asks for.
 * Nothing is cached, so that an edit shows on reload.
 *
 * @example
 * const headers = securityHeaders({ type: 'jwt' });
 */
export function securityHeaders(handshake: DocsHandshake): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["connect-src 'self'", ...requestOrigins(handshake)].join(' '),
    "font-src 'self'",
    "img-src 'self' data: https:",
    "media-src 'self' https:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}

/** The origins that the handshake's requests go to. */
function requestOrigins(handshake: DocsHandshake): Set<string> {
  switch (handshake.type) {
    case 'jwt':
      return new Set();
    case 'shared-session':
      return new Set([new URL(handshake.infoApiUrl).origin]);
    case 'oauth':
      return new Set([handshake.tokenUrl, handshake.infoApiUrl].map((url) => new URL(url).origin));
  }
}
