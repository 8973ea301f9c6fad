import { parseUrl } from '../urls/parse-url.js';

const FRONT_PAGE = '/';

/** Any origin works: it only shows whether a path stays on the origin it is resolved against. */
const OWN_ORIGIN = 'http://backend.invalid';

const MAX_LENGTH = 4_096;

/** Characters that browsers drop or rewrite when they parse a URL, so that `/\t/evil` becomes `//evil`. */
const REWRITTEN_BY_BROWSERS = /[\p{Cc}\s\\]/u;

/**
 * Where to go after login: a path of this app with its query and fragment, never another site. Anything else in the
 * request gives the front page, `/`.
 *
 * @example
 * returnPath('/docs-login?redirect=%2Fquickstart'); // '/docs-login?redirect=%2Fquickstart'
 * returnPath('//evil.example');                     // '/'
 */
export function returnPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return FRONT_PAGE;
  if (!value.startsWith('/') || REWRITTEN_BY_BROWSERS.test(value)) return FRONT_PAGE;
  const url = parseUrl(value, OWN_ORIGIN);
  // Dot segments are resolved now: `/.//evil` has become `//evil`, which a browser would read as a host.
  if (url?.origin !== OWN_ORIGIN || url.pathname.startsWith('//')) return FRONT_PAGE;
  return url.pathname + url.search + url.hash;
}
