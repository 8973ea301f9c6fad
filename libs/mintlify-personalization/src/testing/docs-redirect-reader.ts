import { parseUrl } from '../options/parse-url.js';
import type { DocsMode } from '../ports/docs-site.js';
import { DocsArrivalError } from './docs-arrival-error.js';

/**
 * Where a docs redirect leads, as the docs read it. The token is not enumerable: neither a failed comparison nor
 * `console.log` prints it.
 */
export interface DocsRedirect {
  /** `authentication` where the address is that of the callback page of private docs. */
  readonly mode: DocsMode;
  /** Scheme, host and port of the docs: `https://docs.foo.com`. */
  readonly origin: string;
  /** The page's path from the root of the origin, with the base path of the docs where they have one: `/quickstart`. */
  readonly path: string;
  /** The page's query with its `?`, or an empty text. */
  readonly query: string;
  /** The page's whole address, without the anchor: `https://docs.foo.com/quickstart`. */
  readonly page: string;
  /** The place on the page, decoded; absent where there is none. */
  readonly anchor?: string;
  /** The token, as it came. It is not verified: see `verifyDocsToken`. */
  readonly token: string;
}

interface Arrival {
  readonly mode: DocsMode;
  readonly page: URL;
  readonly anchor: string;
  readonly token: string;
}

/** Where private docs take a token (`spec/handshakes.md`, section 3). Written anew here: it checks what the library writes. */
const PRIVATE_CALLBACK = '/login/jwt-callback';
/** @internal A JWS in compact form (RFC 7515, section 7.1). */
export const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const TOKEN_ANYWHERE = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/**
 * Takes a `Location` apart as the docs do, in every form that the JWT handshakes have (`spec/handshakes.md`, sections 2
 * and 3): `#{JWT}`, `#jwt={JWT}&anchor={ANCHOR}`, and the callback page of private docs.
 *
 * @param location the header's value
 * @example
 * ```ts
 * const { path, anchor, token } = readDocsRedirect(response.headers.location);
 * ```
 * @throws DocsArrivalError for what is no docs redirect, such as the login page of an anonymous visitor
 */
export function readDocsRedirect(location: string | URL | null | undefined): DocsRedirect {
  if (location === undefined || location === null) {
    throw new DocsArrivalError(
      'There is no Location, so this leads nowhere. Look at the status and the body of the answer: ' +
        '401 is a visitor whom no guard knew, 500 names in its code what failed.',
    );
  }
  const url = parseUrl(String(location));
  if (url === undefined) {
    throw new DocsArrivalError(
      `The Location ${JSON.stringify(String(location))} is not absolute, so it leads to the app itself: perhaps to ` +
        'loginUrl, for a visitor whom no guard knew.',
    );
  }
  if (TOKEN_ANYWHERE.test(url.search)) {
    throw new DocsArrivalError(
      `The Location ${addressOf(url)} has a token in its query, where servers and proxies log it. Docs read it from ` +
        'the fragment alone.',
    );
  }
  const fragment = url.hash.slice(1);
  if (fragment === '') {
    throw new DocsArrivalError(
      `The Location leads to ${addressOf(url)}, without a token. Is it loginUrl, for a visitor whom no guard knew?`,
    );
  }
  const arrival = url.pathname === PRIVATE_CALLBACK ? readPrivate(url, fragment) : readPublic(url, fragment);
  if (!TOKEN.test(arrival.token)) {
    throw new DocsArrivalError(
      `The fragment of the Location ${addressOf(url)} is no token in a form that docs read: #{JWT}, or ` +
        '#jwt={JWT}&anchor={ANCHOR} in public docs.',
    );
  }
  return describe(arrival);
}

function readPublic(url: URL, fragment: string): Arrival {
  const page = new URL(url);
  page.hash = '';
  if (!fragment.startsWith('jwt=')) return { mode: 'personalization', page, anchor: '', token: fragment };
  // A plus sign is a plus sign here: this is no form.
  const parameters = new URLSearchParams(fragment.replaceAll('+', '%2B'));
  const anchor = parameters.get('anchor') ?? '';
  return { mode: 'personalization', page, anchor, token: parameters.get('jwt') ?? '' };
}

function readPrivate(url: URL, token: string): Arrival {
  const [redirect = '/', ...more] = url.searchParams.getAll('redirect');
  const page = more.length === 0 && redirect.startsWith('/') ? parseUrl(redirect, url.origin) : undefined;
  if (page?.origin !== url.origin) {
    throw new DocsArrivalError(
      `The parameter redirect of the Location ${addressOf(url)} must be one path of the docs, such as /quickstart.`,
    );
  }
  const anchor = decodeAnchor(page.hash.slice(1));
  page.hash = '';
  return { mode: 'authentication', page, anchor, token };
}

function describe({ mode, page, anchor, token }: Arrival): DocsRedirect {
  const { origin, pathname: path, search: query } = page;
  const redirect = {
    mode,
    origin,
    path,
    query,
    page: origin + path + query,
    ...(anchor !== '' && { anchor }),
  };
  return Object.freeze(Object.defineProperty(redirect, 'token', { value: token })) as DocsRedirect;
}

/** Of an address what is safe to print. */
function addressOf({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** @internal An anchor as the page has it. What is not valid percent-encoding is taken as it stands. */
export function decodeAnchor(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
