/** Where a relative `loginUrl` is resolved for a moment; never sent. */
const PLACEHOLDER_ORIGIN = 'http://localhost';

/** The fragment of a single-page app's route (`#/login`, `#!/login`): its path, its query, and an anchor of its own. */
const HASH_ROUTE = /^#(!?\/[^?#]*)(?:\?([^#]*))?(#.*)?$/;

/**
 * Adds the way back to the URL of a login page: to its query, or, where its fragment is a route, to the query in there,
 * which is where the router of a single-page app looks.
 *
 * @internal
 * @param loginUrl as the option is once it is checked: an absolute URL, or a path of the own origin
 * @param parameter replaces one of the same name
 * @returns what a `Location` header may hold; relative where `loginUrl` is
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
    // Not every router reads a plus as a space.
    url.hash = `${route}?${parameters.toString().replaceAll('+', '%20')}${anchor}`;
  }
  return loginUrl.startsWith('/') ? url.href.slice(PLACEHOLDER_ORIGIN.length) : url.href;
}
