import { parseUrl } from '../options/parse-url.js';
import type { DocsPage } from '../mintlify/redirect-url.js';
import type { DocsSite } from '../ports/docs-site.js';
import { escapesBasePath, isPathFromRoot, isUnder, reachesCallback } from './path-escape.js';

/**
 * Where the visitor wants to go, from the query: not trusted, and possibly repeated. Each may have up to 4,096
 * characters.
 */
export interface RedirectParameters {
  /**
   * A page of the docs: a path, optionally with a query and an anchor. If the base path is `/docs`, `/quickstart` and
   * `/docs/quickstart` are the same page. Default: the front page.
   */
  redirect?: string | readonly string[];
  /** The anchor on the page. Takes precedence over an anchor in `redirect`. */
  anchor?: string | readonly string[];
}

/** Why a `redirect` or an `anchor` was refused. */
export type RedirectRefusal =
  /** Given more than once. */
  | 'repeated'
  /** Not a string, not a URL, or with a lone surrogate. */
  | 'malformed'
  /** Another scheme, host or port, or with credentials. */
  | 'off_origin'
  /** On the origin of the docs, but not one of their pages. */
  | 'outside_base_path'
  /** A path that some servers or browsers read as another one. */
  | 'ambiguous_path'
  /** More than 4,096 characters, or the redirect URL would be longer than `maxRedirectUrlLength`. */
  | 'too_long';

/** @internal A page of the docs site that is safe to redirect a visitor to. */
export interface RedirectTarget extends DocsPage {
  /** Why this is the front page instead of the requested page. */
  readonly refused?: RedirectRefusal;
}

/** Characters of `redirect` and of `anchor`, each. Checked before they are parsed. */
const MAX_PARAMETER_LENGTH = 4_096;

/** A path, and optionally a query, of unreserved characters (RFC 3986, section 2.3), which `new URL` does not change. */
const PLAIN_REDIRECT = /^(\/|(?:\/[\w~-][\w.~-]*)+\/?)(\?[\w.~=&+-]+)?$/;

/** @internal The front page of a docs site. */
export function frontPage(site: DocsSite, refused?: RedirectRefusal): RedirectTarget {
  return { path: site.basePath || '/', query: '', ...(refused && { refused }) };
}

/**
 * Resolves `redirect` and `anchor` against the docs site, as a browser would. The result is only used if every reading of
 * it stays on the origin and below the base path. Otherwise it is the front page, never an error.
 *
 * A path outside the base path is taken as relative to the docs: it is unknown whether Mintlify includes the base path
 * (`spec/handshakes.md`, section 9).
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
  // Not `url.origin`: that of a blob: URL is the origin of the URL inside it.
  const isOnOrigin = `${url.protocol}//${url.host}` === site.origin;
  if (!isOnOrigin || url.username !== '' || url.password !== '') return 'off_origin';
  let path = url.pathname;
  if (!isUnder(path, site.basePath)) {
    // A full URL outside the docs is not a page, and neither is a path with dot segments that leave them.
    if (!isPathFromRoot(redirect)) return 'outside_base_path';
    path = joinBasePath(site, path);
  }
  if (escapesBasePath(path, site.basePath)) return 'ambiguous_path';
  if (isCallbackOf(site, path)) return 'outside_base_path';
  return withAnchor({ path, query: url.search }, readFragment(url.hash));
}

/** For a path with only one reading. */
function findPlainPage(site: DocsSite, asked: string, query: string): DocsPage | RedirectRefusal {
  const path = isUnder(asked, site.basePath) ? asked : joinBasePath(site, asked);
  return isCallbackOf(site, path) ? 'outside_base_path' : { path, query };
}

/** The page of private docs that receives the token is not a page for visitors. */
function isCallbackOf({ mode }: DocsSite, path: string): boolean {
  return mode === 'authentication' && reachesCallback(path);
}

function joinBasePath({ basePath }: DocsSite, path: string): string {
  return path === '/' ? basePath : basePath + path;
}

/** The decoded fragment of a URL; unchanged if its percent-encoding is not valid. */
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
