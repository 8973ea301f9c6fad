import type { DocsSite } from '../ports/docs-site.js';
import { CALLBACK_PATH } from './callback-path.js';

/** @internal A page of the docs, with an optional anchor. */
export interface DocsPage {
  /** From the root of the origin; percent-encoded. */
  readonly path: string;
  /** Empty, or with its `?`; percent-encoded. */
  readonly query: string;
  /** The anchor, not percent-encoded. */
  readonly anchor?: string;
}

/**
 * The URL to redirect a visitor to, with the token in the fragment, in the form that the docs expect.
 *
 * Public docs (`spec/handshakes.md`, section 2): the page with `#{JWT}`, or `#jwt={JWT}&anchor={ANCHOR}`. Private
 * docs (section 3): the callback page with `#{JWT}`; the page, its query and its anchor are in `redirect`.
 *
 * @internal
 */
export function createRedirectUrl(site: DocsSite, target: DocsPage, token: string): string {
  const page = target.path + target.query;
  const anchor = target.anchor === undefined ? undefined : encodeURIComponent(target.anchor);
  if (site.mode === 'authentication') {
    const redirect = anchor === undefined ? page : `${page}#${anchor}`;
    return `${site.origin}${CALLBACK_PATH}?redirect=${encodeQuery(redirect)}#${token}`;
  }
  return anchor === undefined
    ? `${site.origin}${page}#${token}`
    : `${site.origin}${page}#jwt=${token}&anchor=${anchor}`;
}

/** Browsers also encode the apostrophe (URL standard, special-query percent-encode set). */
function encodeQuery(value: string): string {
  return encodeURIComponent(value).replaceAll("'", '%27');
}
