import { parseUrl } from '../options/parse-url.js';
import type { DocsMode } from '../ports/docs-site.js';
import { DocsArrivalError } from './docs-arrival-error.js';

/**
 * A parsed docs redirect. The token is not enumerable, so neither a failed comparison nor `console.log` prints it.
 */
export interface DocsRedirect {
  /** `authentication` if the URL is the callback page of private docs. */
  readonly mode: DocsMode;
  /** Scheme, host and port of the docs: `https://docs.foo.com`. */
  readonly origin: string;
  /** The path of the page, including the base path of the docs: `/quickstart`. */
  readonly path: string;
  /** The query of the page with its `?`, or an empty string. */
  readonly query: string;
  /** The full URL of the page, without the anchor: `https://docs.foo.com/quickstart`. */
  readonly page: string;
  /** The anchor on the page, decoded. Absent if there is none. */
  readonly anchor?: string;
  /** The token. It is not verified: see `verifyDocsToken`. */
  readonly token: string;
}

interface Arrival {
  readonly mode: DocsMode;
  readonly page: URL;
  readonly anchor: string;
  readonly token: string;
}

/** The callback page of private docs (`spec/handshakes.md`, section 3). Not imported, since it tests the library. */
const PRIVATE_CALLBACK = '/login/jwt-callback';
/** @internal A JWS in compact form (RFC 7515, section 7.1). */
export const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const TOKEN_ANYWHERE = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/**
 * Parses a `Location` as the docs do, in all forms of the JWT handshakes (`spec/handshakes.md`, sections 2 and 3):
 * `#{JWT}`, `#jwt={JWT}&anchor={ANCHOR}`, and the callback page of private docs.
 *
 * @param location the value of the header
 * @example
 * ```ts
 * const { path, anchor, token } = readDocsRedirect(response.headers.location);
 * ```
 * @throws DocsArrivalError if it is not a docs redirect, but for example the login page for anonymous visitors
 */
export function readDocsRedirect(location: string | URL | null | undefined): DocsRedirect {
  if (location === undefined || location === null) {
    throw new DocsArrivalError(
      'The response has no Location. Check its status and body: 401 means that no guard set request.user; for 500, ' +
        'the code says what failed.',
    );
  }
  const url = parseUrl(String(location));
  if (url === undefined) {
    throw new DocsArrivalError(
      `The Location ${JSON.stringify(String(location))} is not absolute, so it leads to the app itself. If it is ` +
        'loginUrl, check that a guard sets request.user.',
    );
  }
  if (TOKEN_ANYWHERE.test(url.search)) {
    throw new DocsArrivalError(
      `The Location ${addressOf(url)} has a token in its query, where servers and proxies log it. Put it into the ` +
        'fragment.',
    );
  }
  const fragment = url.hash.slice(1);
  if (fragment === '') {
    throw new DocsArrivalError(
      `The Location ${addressOf(url)} has no token. If it is loginUrl, check that a guard sets request.user.`,
    );
  }
  const arrival = url.pathname === PRIVATE_CALLBACK ? readPrivate(url, fragment) : readPublic(url, fragment);
  if (!TOKEN.test(arrival.token)) {
    throw new DocsArrivalError(
      `The fragment of the Location ${addressOf(url)} has no token. Docs expect #{JWT} or, if they are public, ` +
        '#jwt={JWT}&anchor={ANCHOR}.',
    );
  }
  return describe(arrival);
}

function readPublic(url: URL, fragment: string): Arrival {
  const page = new URL(url);
  page.hash = '';
  if (!fragment.startsWith('jwt=')) return { mode: 'personalization', page, anchor: '', token: fragment };
  // Not a form: a plus is not a space.
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

/** The part of a URL that is safe to print. */
function addressOf({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** @internal Decodes an anchor; unchanged if its percent-encoding is not valid. */
export function decodeAnchor(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
