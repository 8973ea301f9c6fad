import type { DocsHandshake } from '../shared/handshake-types.js';

/**
 * The security headers of every response. Scripts, style sheets and frames come from the emulator alone and from
 * origins that are allowed. Images and videos
 * may come from anywhere. Pages may connect only to the servers of the handshake, and with `proxy: false` to the API of their operation. Nothing is cached, so edits
 * show on reload.
 *
 * @param allowed other origins.
 * @param apis what else this response may connect to, as sources of the policy.
 * @example
 * const headers = securityHeaders({ type: 'jwt' });
 */
export function securityHeaders(
  handshake: DocsHandshake,
  allowed: readonly string[] = [],
  apis: readonly string[] = [],
): Record<string, string> {
  const others = allowed.map((origin) => ` ${origin}`).join('');
  const policy = [
    "default-src 'none'",
    `script-src 'self'${others}`,
    // Pages have `<style>` elements of their own.
    `style-src 'self' 'unsafe-inline'${others}`,
    ["connect-src 'self'", ...new Set([...requestOrigins(handshake), ...allowed, ...apis])].join(' '),
    `font-src 'self'${others}`,
    ...(allowed.length > 0 ? [`frame-src${others}`] : []),
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
      return new Set(
        [handshake.tokenUrl, handshake.infoApiUrl]
          .filter((url) => url !== undefined)
          .map((url) => new URL(url).origin),
      );
  }
}
