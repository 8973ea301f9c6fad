/** Where a page says that its navigation is, as a path on its origin. */
export function navigationPathOf(html: string): string {
  return /"navigationPath":"(?<path>[^"]+)"/.exec(html)?.groups?.path ?? '';
}

/** Gets a page and the navigation that it names, as a browser does. */
export async function fetchNavigation(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ path: string; response: Response; text: string }> {
  const html = await (await fetch(origin + path, { headers })).text();
  const found = navigationPathOf(html);
  const response = await fetch(origin + found, { headers });
  return { path: found, response, text: await response.text() };
}
