/** Where the visitor is when the login link is built. */
export interface LoginLinkSource {
  /** Path and query of the page, the docs' base path included, such as `/docs/quickstart?tab=curl`. */
  path: string;
  /** The decoded anchor, `''` for none. */
  anchor: string;
}

/**
 * Builds the address of the "Log in" link: the site's login URL with the page as `redirect` and, when there
 * is one, the anchor as `anchor`. A query that the login URL has already is kept (handshakes.md, sections 2
 * and 3).
 *
 * @param loginUrl an absolute http or https URL.
 * @throws TypeError when `loginUrl` is no URL; the emulator checks it at start.
 * @example
 * loginLink('https://foo.com/docs-login', { path: '/quickstart', anchor: 'step-one' });
 * // 'https://foo.com/docs-login?redirect=%2Fquickstart&anchor=step-one'
 */
export function loginLink(loginUrl: string, from: LoginLinkSource): string {
  const url = new URL(loginUrl);
  url.searchParams.set('redirect', from.path);
  if (from.anchor) url.searchParams.set('anchor', from.anchor);
  return url.href;
}
