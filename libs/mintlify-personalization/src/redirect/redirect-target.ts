import { parseUrl } from '../options/parse-url.js';
import type { DocsSite } from '../ports/docs-site.js';
import { CALLBACK_PATH } from './callback-path.js';
import { isUnder, leavesBasePath } from './path-escape.js';

/** Where the visitor wants to go, as it came in the query: untrusted, and perhaps repeated. */
export interface RedirectParameters {
  /** A page of the docs: a path, which may hold a query and an anchor. Absent: the front page. */
  redirect?: string | readonly string[];
  /** The place on the page. Wins over an anchor inside `redirect`. */
  anchor?: string | readonly string[];
}

/** Why a `redirect` or an `anchor` was refused. */
export type RedirectRefusal =
  /** Given more than once: which one counts is anybody's guess. */
  | 'repeated'
  /** Not a text, not a URL, or half of a surrogate pair. */
  | 'malformed'
  /** Another scheme, host or port, or with credentials. */
  | 'off_origin'
  /** On the docs' origin, but not one of its pages. */
  | 'outside_base_path'
  /** A path that some server or browser would read as another one. */
  | 'ambiguous_path'
  /** The whole address would be longer than `maxRedirectUrlLength`. */
  | 'too_long';

/** @internal A place on the docs site that is safe to send a visitor to. */
export interface RedirectTarget {
  /** From the root of the origin; percent-encoded. */
  readonly path: string;
  /** Empty, or with its `?`; percent-encoded. */
  readonly query: string;
  /** As the page has it: not percent-encoded. */
  readonly anchor?: string;
  /** Why this is the front page instead of what was asked for. */
  readonly refused?: RedirectRefusal;
}

/** @internal The site's front page. */
export function frontPage(site: DocsSite, refused?: RedirectRefusal): RedirectTarget {
  return { path: site.basePath || '/', query: '', ...(refused && { refused }) };
}

/**
 * Resolves `redirect` and `anchor` against the docs site, as a browser would, and keeps the result only when
 * it stays on the site's origin and under its base path. Anything else is the front page, never an error.
 *
 * @internal
 */
export function resolveRedirectTarget(site: DocsSite, parameters: RedirectParameters): RedirectTarget {
  const redirect = single(parameters.redirect);
  const anchor = single(parameters.anchor);
  if (redirect === REPEATED || anchor === REPEATED) return frontPage(site, 'repeated');
  if (!isText(redirect) || !isText(anchor)) return frontPage(site, 'malformed');
  if (redirect === '') return withAnchor(frontPage(site), anchor);
  const url = parseUrl(redirect, `${site.url}/`);
  if (url === undefined) return frontPage(site, 'malformed');
  const refused = findRefusal(site, url);
  if (refused) return frontPage(site, refused);
  return withAnchor({ path: url.pathname, query: url.search }, anchor || readFragment(url.hash));
}

function findRefusal(site: DocsSite, url: URL): RedirectRefusal | undefined {
  // Not `url.origin`: a blob: URL claims the origin of the URL inside it.
  const isOnOrigin = `${url.protocol}//${url.host}` === site.origin;
  if (!isOnOrigin || url.username !== '' || url.password !== '') return 'off_origin';
  if (!isUnder(url.pathname, site.basePath) || isCallback(site, url)) return 'outside_base_path';
  return leavesBasePath(url.pathname, site.basePath) ? 'ambiguous_path' : undefined;
}

/** Private docs take tokens there: no page, and a second time there is no token. */
function isCallback({ mode }: DocsSite, { pathname }: URL): boolean {
  return mode === 'authentication' && isUnder(pathname, CALLBACK_PATH);
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

function withAnchor(target: RedirectTarget, anchor: string): RedirectTarget {
  return anchor === '' ? target : { ...target, anchor };
}

const REPEATED = Symbol('repeated');

function single(value: unknown): unknown {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return value;
  return value.length > 1 ? REPEATED : (value[0] ?? '');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}
