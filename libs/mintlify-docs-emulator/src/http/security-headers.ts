import type { DocsHandshake } from '../shared/handshake-types.js';

/**
 * The security headers of every response. Scripts and style sheets come from the emulator alone. Images and videos
 * may come from anywhere. Pages may connect only to the servers of the handshake. Nothing is cached, so edits
 * show on reload.
 *
 * @example
 * const headers = securityHeaders({ type: 'jwt' });
 */
export function securityHeaders(handshake: DocsHandshake): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // Pages have `<style>` elements of their own.
    "style-src 'self' 'unsafe-inline'",
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

/** The origins that the handshake sends requests to. */
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
