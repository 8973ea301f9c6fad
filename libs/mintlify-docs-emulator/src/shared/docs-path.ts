import { parseUrl } from './url-parser.js';

/** The pages that a login to private docs goes through; none of them is a place to come back to. */
export const LOGIN_PATHS = {
  /** Sends the visitor on to the login, or lets them choose one. */
  login: '/login',
  /** Where the customer's backend sends the token (handshakes.md, section 3). */
  callback: '/login/jwt-callback',
  loggedOut: '/login/logged-out',
  sessionOver: '/login/session-over',
} as const;

// Stands for the docs' own origin: whatever does not stay on it leads elsewhere.
const ORIGIN = 'http://docs.invalid';
const FRONT_PAGE = '/';
// Nobody encodes a path more often than this, but to get past a check.
const MAX_DECODINGS = 5;

/**
 * Reads `redirect` of a login: a path on the docs' own origin, with its query and anchor. Anything else gives
 * the front page: another origin or scheme, a path that begins with two slashes or holds a backslash or a
 * control character, encoded or not, and the login's own pages.
 *
 * @param redirect from outside, decoded once, as `URLSearchParams` gives it.
 * @returns a path that begins with one slash and is safe as a `Location`.
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
    // A path may come out with other dots once it is decoded.
    !new URL(decoded, ORIGIN).pathname.startsWith('//') &&
    !Object.values<string>(LOGIN_PATHS).includes(decoded.replace(/\/+$/, ''))
  );
}

function isPlain(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- browsers drop tabs and line ends, and read `\` as `/`.
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
    // A `%` that encodes nothing.
  }
  return undefined;
}
