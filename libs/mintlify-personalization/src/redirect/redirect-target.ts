import { parseUrl } from '../options/parse-url.js';
import type { DocsPage } from '../mintlify/redirect-url.js';
import type { DocsSite } from '../ports/docs-site.js';
import { escapesBasePath, isPathFromRoot, isUnder, reachesCallback } from './path-escape.js';

/**
 * Where the visitor wants to go, as it came in the query: untrusted, and perhaps repeated. Each may have up to 4,096
 * characters.
 */
export interface RedirectParameters {
  /**
   * A page of the docs: a path, which may hold a query and an anchor. On docs with a base path, `/quickstart` and
   * `/docs/quickstart` are the same page. Absent: the front page.
   */
  redirect?: string | readonly string[];
  /** The place on the page. Wins over an anchor inside `redirect`. */
  anchor?: string | readonly string[];
}

/** Why a `redirect` or an `anchor` was refused. */
export type RedirectRefusal =
  /** Given more than once: it is unclear which one counts. */
  | 'repeated'
  /** Not a string, not a URL, or half of a surrogate pair. */
  | 'malformed'
  /** Another scheme, host or port, or with credentials. */
  | 'off_origin'
  /** On the docs' origin, but not one of its pages. */
  | 'outside_base_path'
  /** A path that some server or browser would read as another one. */
  | 'ambiguous_path'
  /** Over 4,096 characters, or the whole URL would be longer than `maxRedirectUrlLength`. */
  | 'too_long';

/** @internal A place on the docs site that is safe to send a visitor to. */
export interface RedirectTarget extends DocsPage {
  /** Why this is the front page instead of what was asked for. */
  readonly refused?: RedirectRefusal;
}

/** Characters of `redirect` and of `anchor`, each: checked before anything else is done with them. */
const MAX_PARAMETER_LENGTH = 4_096;

/** A path of unreserved characters (RFC 3986, section 2.3) and maybe a query of them: `new URL` changes nothing in it. */
const PLAIN_REDIRECT = /^(\/|(?:\/[\w~-][\w.~-]*)+\/?)(\?[\w.~=&+-]+)?$/;

/** @internal The site's front page. */
export function frontPage(site: DocsSite, refused?: RedirectRefusal): RedirectTarget {
  return { path: site.basePath || '/', query: '', ...(refused && { refused }) };
}

/**
 * Resolves `redirect` and `anchor` against the docs site, as a browser would, and keeps the result only when
 * every reading of it stays on the site's origin and under its base path. Anything else is the front page, never an error.
 *
 * On docs with a base path, a path outside of it counts as relative to the docs: it is unknown whether Mintlify sends the
 * base path along (`spec/handshakes.md`, section 9).
 *
 * @internal
 * @example
 * ```ts
 * const site = { url: 'https://foo.com/docs', basePath: '/docs', … };
 * resolveRedirectTarget(site, { redirect: '/quickstart', anchor: 'a' }); // { path: '/docs/quickstart', query: '', anchor: 'a' }
 * resolveRedirectTarget(site, { redirect: '//evil.com' });               // { path: '/docs', query: '', refused: 'off_origin' }
 * ```
 */
export function resolveRedirectTarget(site: DocsSite, parameters: RedirectParameters): RedirectTarget {
  const redirect = single(parameters.redirect);
  const anchor = single(parameters.anchor);
  if (redirect === REPEATED || anchor === REPEATED) return frontPage(site, 'repeated');
  if (typeof redirect !== 'string' || typeof anchor !== 'string') return frontPage(site, 'malformed');
  if (redirect.length > MAX_PARAMETER_LENGTH || anchor.length > MAX_PARAMETER_LENGTH) {
    return frontPage(site, 'too_long');
  }
  if (!redirect.isWellFormed() || !anchor.isWellFormed()) return frontPage(site, 'malformed');
  if (redirect === '') return withAnchor(frontPage(site), anchor);
  const page = findPage(site, redirect);
  if (typeof page === 'string') return frontPage(site, page);
  return withAnchor(page, anchor);
}

function findPage(site: DocsSite, redirect: string): DocsPage | RedirectRefusal {
  const plain = PLAIN_REDIRECT.exec(redirect);
  if (plain !== null) return findPlainPage(site, plain[1]!, plain[2] ?? '');
  const url = parseUrl(redirect, `${site.url}/`);
  if (url === undefined) return 'malformed';
  // Not `url.origin`: a blob: URL claims the origin of the URL inside it.
  const isOnOrigin = `${url.protocol}//${url.host}` === site.origin;
  if (!isOnOrigin || url.username !== '' || url.password !== '') return 'off_origin';
  let path = url.pathname;
  if (!isUnder(path, site.basePath)) {
    // An address of the origin outside of the docs is no page, nor is what climbed out of them.
    if (!isPathFromRoot(redirect)) return 'outside_base_path';
    path = joinBasePath(site, path);
  }
  if (escapesBasePath(path, site.basePath)) return 'ambiguous_path';
  if (isCallbackOf(site, path)) return 'outside_base_path';
  return withAnchor({ path, query: url.search }, readFragment(url.hash));
}

/** Of a path that has no second reading. */
function findPlainPage(site: DocsSite, asked: string, query: string): DocsPage | RedirectRefusal {
  const path = isUnder(asked, site.basePath) ? asked : joinBasePath(site, asked);
  return isCallbackOf(site, path) ? 'outside_base_path' : { path, query };
}

/** Private docs take tokens there: no page, and a second time there is no token. */
function isCallbackOf({ mode }: DocsSite, path: string): boolean {
  return mode === 'authentication' && reachesCallback(path);
}

function joinBasePath({ basePath }: DocsSite, path: string): string {
  return path === '/' ? basePath : basePath + path;
}

/** The fragment of a URL as text. What is not valid percent-encoding is taken as it stands. */
function readFragment(hash: string): string {
  const fragment = hash.slice(1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function withAnchor(page: DocsPage, anchor: string): DocsPage {
  return anchor === '' ? page : { ...page, anchor };
}

const REPEATED = Symbol('repeated');

function single(value: unknown): unknown {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return value;
  return value.length > 1 ? REPEATED : (value[0] ?? '');
}
