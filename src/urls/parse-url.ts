/**
 * Parses a URL, or returns `undefined` if it is invalid. It does not use `URL.canParse`: once Node 20 has optimized that
 * function, it misreads letters such as "ü".
 *
 * @param base for a relative reference
 */
export function parseUrl(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
