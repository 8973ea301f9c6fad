/**
 * Parses a URL; returns `undefined` if it is not one. Not with `URL.canParse`, which misreads letters such as "ü" once
 * Node 20 has optimized it.
 *
 * @internal
 * @param base for relative references
 */
export function parseUrl(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
