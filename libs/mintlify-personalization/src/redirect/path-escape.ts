const MOST_ROUNDS = 5;

/**
 * Whether anything that handles a path on its way could take it for one outside the base path, or for
 * another host: servers decode `%2F` and `%2e%2e`, proxies decode twice, browsers turn `\` into `/` and drop
 * tabs and line breaks. Each round undoes one layer; a path that is still changing after five is refused.
 *
 * @internal
 * @param path percent-encoded, as the URL parser gives it
 * @param basePath without a trailing slash, or empty
 */
export function leavesBasePath(path: string, basePath: string): boolean {
  let current = path;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const resolved = resolveDotSegments(current);
    if (resolved.startsWith('//')) return true;
    if (resolved !== basePath && !resolved.startsWith(`${basePath}/`)) return true;
    const next = decodeStructure(current);
    if (next === current) return false;
    current = next;
  }
  return true;
}

/** Decodes one layer of the characters that shape a path, and of those only. */
function decodeStructure(path: string): string {
  return path
    .replaceAll(/%(25|2e|2f|5c)/gi, (escape) => decodeURIComponent(escape))
    .replaceAll(/%0[9ad]|[\t\n\r]/gi, '')
    .replaceAll('\\', '/');
}

/** RFC 3986, section 5.2.4. Empty segments stay, as browsers keep them. */
function resolveDotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/').slice(1)) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}
