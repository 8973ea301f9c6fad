const MOST_ROUNDS = 5;

/** Segments of unreserved characters (RFC 3986, section 2.3) that neither begin with a dot nor are empty. */
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;

/** NUL, at which some programs stop reading, and UTF-8 longer than need be: `%C0%AE` is a dot to lax decoders. */
const NEVER_IN_A_PAGE = /\0|%c[01]|%e0%[89]|%f0%8/i;

/**
 * Whether anything that handles a path on its way could take it for one outside the base path, or for
 * another host: servers decode `%2F` and `%2e%2e` and drop what follows a `;`, proxies decode twice, browsers
 * turn `\` into `/` and drop tabs and line breaks, and white space at the end. Each round undoes one layer; a path
 * that is still changing after five is refused.
 *
 * @internal
 * @param path percent-encoded, as the URL parser gives it
 * @param basePath without a trailing slash, or empty
 */
export function leavesBasePath(path: string, basePath: string): boolean {
  // Most paths hold nothing that anybody could read in two ways.
  if (PLAIN_PATH.test(path)) return !isUnder(path, basePath);
  let current = path;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (NEVER_IN_A_PAGE.test(current)) return true;
    const resolved = resolveDotSegments(current);
    // Before the dots are resolved as well: in `//evil.com/..` they never take away the host.
    if (current.startsWith('//') || resolved.startsWith('//') || !isUnder(resolved, basePath)) return true;
    const next = decodeLayer(current);
    if (next === current) return false;
    current = next;
  }
  return true;
}

/** @internal Whether a path is the base path or stands below it. */
export function isUnder(path: string, basePath: string): boolean {
  return path === basePath || path.startsWith(`${basePath}/`);
}

/** Undoes one layer, every ASCII escape in it: `%25%32%65` spells the `%2e` of the layer below. */
function decodeLayer(path: string): string {
  return path
    .replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/[\t\n\r]/g, '')
    .replaceAll('\\', '/')
    .replaceAll(/\/(\.\.?)[\0- ]*(?:;[^/]*)?(?=\/|$)/g, '/$1');
}

/** RFC 3986, section 5.2.4. Empty segments stay, as browsers keep them; a dot segment at the end leaves its slash. */
function resolveDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  const last = segments.at(-1);
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
