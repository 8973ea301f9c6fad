import type { RelayedResponse } from '../shared/playground-types.js';

/** Of the connection (RFC 9110, section 7.6.1), or cookies, which are for the API's own pages. */
const DROPPED =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|set-cookie2?|content-encoding|content-length)$/i;
const MAX_HEADERS = 200;

/**
 * The headers of a response that the page may see.
 *
 * @param rawHeaders names and values in turn, as Node reads them.
 * @example
 * responseHeaders(['Content-Type', 'text/plain', 'Set-Cookie', 'a=b']).headers; // [['Content-Type', 'text/plain']]
 */
export function responseHeaders(
  rawHeaders: readonly string[],
): Pick<RelayedResponse, 'headers' | 'mediaType'> {
  const pairs = rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
  const connection = pairs.filter(([name]) => name.toLowerCase() === 'connection');
  const named = new Set(
    connection.flatMap(([, value]) => value.split(',').map((name) => name.trim().toLowerCase())),
  );
  const headers = pairs.filter(([name]) => !DROPPED.test(name) && !named.has(name.toLowerCase()));
  const type = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return {
    headers: headers.slice(0, MAX_HEADERS),
    mediaType: type.replace(/;.*$/s, '').trim().toLowerCase(),
  };
}
