/** The page and anchor to return to after login. */
export interface LoginLinkSource {
  /** Path and query of the page, the docs' base path included, such as `/docs/quickstart?tab=curl`. */
  path: string;
  /** The decoded anchor, or `''`. */
  anchor: string;
}

/**
 * Builds the URL of the "Log in" link: the login URL with the page as `redirect` and the anchor, if any, as
 * `anchor`. An existing query is kept (handshakes.md, sections 2 and 3).
 *
 * @param loginUrl an absolute http or https URL.
 * @throws TypeError when `loginUrl` is not a URL; the emulator checks it at start.
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
