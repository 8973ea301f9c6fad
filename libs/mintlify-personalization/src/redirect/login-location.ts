/** The base for parsing a relative `loginUrl`; never sent. */
const PLACEHOLDER_ORIGIN = 'http://localhost';

/** A fragment that is a route of a single-page app (`#/login`, `#!/login`): path, query and anchor. */
const HASH_ROUTE = /^#(!?\/[^?#]*)(?:\?([^#]*))?(#.*)?$/;

/**
 * Adds the return path to the URL of a login page: to its query or, if its fragment is a route, to the query of the
 * route, where the router of a single-page app expects it.
 *
 * @internal
 * @param loginUrl the checked option: an absolute URL, or a path on the own origin
 * @param parameter replaces a parameter of the same name
 * @returns a value for `Location`; relative if `loginUrl` is
 * @example
 * ```ts
 * addReturnTo('/login', 'returnTo', '/docs-login'); // '/login?returnTo=%2Fdocs-login'
 * addReturnTo('/#/login', 'returnTo', '/docs-login'); // '/#/login?returnTo=%2Fdocs-login'
 * ```
 */
export function addReturnTo(loginUrl: string, parameter: string, returnTo: string): string {
  const url = new URL(loginUrl, PLACEHOLDER_ORIGIN);
  const [, route, query = '', anchor = ''] = HASH_ROUTE.exec(url.hash) ?? [];
  if (route === undefined) {
    url.searchParams.set(parameter, returnTo);
  } else {
    const parameters = new URLSearchParams(query);
    parameters.set(parameter, returnTo);
    // Not every router decodes a plus as a space.
    url.hash = `${route}?${parameters.toString().replaceAll('+', '%20')}${anchor}`;
  }
  return loginUrl.startsWith('/') ? url.href.slice(PLACEHOLDER_ORIGIN.length) : url.href;
}
