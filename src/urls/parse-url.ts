/**
 * Parses a URL, or says that it is none by giving nothing. Not with `URL.canParse`: once Node 20 has optimised it,
 * it takes letters such as "ü" for bytes that are not UTF-8.
 *
 * @param base for a reference that is not absolute
 */
export function parseUrl(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
