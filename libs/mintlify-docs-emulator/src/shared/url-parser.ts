/**
 * Parses a URL, or returns `undefined` for an invalid one. `URL.canParse` cannot be used: once Node 20 has
 * optimized it, it misreads letters such as "ü".
 *
 * @param base the base of a relative URL.
 * @example
 * parseUrl('/quickstart', 'http://localhost')?.pathname; // '/quickstart'
 * parseUrl('quickstart'); // undefined
 */
export function parseUrl(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
