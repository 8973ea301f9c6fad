import { parseUrl } from './url-parser.js';

/** The pages of a login to private docs. A login never returns to one of them. */
export const LOGIN_PATHS = {
  /** Forwards to the login, or shows a list of logins. */
  login: '/login',
  /** Where your backend sends the token (handshakes.md, section 3). */
  callback: '/login/jwt-callback',
  loggedOut: '/login/logged-out',
  sessionOver: '/login/session-over',
} as const;

// A placeholder for the docs' origin: a path that resolves to another origin is rejected.
const ORIGIN = 'http://docs.invalid';
const FRONT_PAGE = '/';
// Paths that are encoded more often than this are attempts to bypass a check.
const MAX_DECODINGS = 5;

/**
 * Reads `redirect` of a login: a path on the docs' own origin, with its query and anchor. Anything else returns
 * the front page:
 *
 * - another origin or scheme;
 * - a path that starts with two slashes, or contains a backslash or control character, encoded or not;
 * - one of the login pages.
 *
 * @param redirect untrusted, decoded once, as `URLSearchParams` returns it.
 * @returns a path that begins with exactly one slash and is safe to use as a `Location`.
 * @example
 * docsPath('/quickstart#step-one'); // '/quickstart#step-one'
 * docsPath('//evil.example'); // '/'
 */
export function docsPath(redirect: string | null): string {
  if (!redirect?.startsWith('/') || !isPlain(redirect)) return FRONT_PAGE;
  const url = parseUrl(redirect, ORIGIN);
  if (url?.origin !== ORIGIN || !isPlainPath(url.pathname)) return FRONT_PAGE;
  return url.pathname + url.search + url.hash;
}

function isPlainPath(pathname: string): boolean {
  const decoded = decodeFully(pathname);
  return (
    decoded !== undefined &&
    isPlain(decoded) &&
    !decoded.startsWith('//') &&
    // Decoding can reveal more dot segments.
    !new URL(decoded, ORIGIN).pathname.startsWith('//') &&
    !Object.values<string>(LOGIN_PATHS).includes(decoded.replace(/\/+$/, ''))
  );
}

function isPlain(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- browsers drop tabs and line breaks, and treat `\` as `/`.
  return !/[\u0000-\u001f\u007f-\u009f\\]/.test(text);
}

function decodeFully(path: string): string | undefined {
  let text = path;
  try {
    for (let decodings = 0; decodings < MAX_DECODINGS; decodings += 1) {
      const decoded = decodeURIComponent(text);
      if (decoded === text) return text;
      text = decoded;
    }
  } catch {
    // An invalid percent-encoding.
  }
  return undefined;
}
