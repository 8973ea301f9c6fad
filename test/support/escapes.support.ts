import type { DocsSite } from 'nestjs-mintlify-personalization';
import { byteDecodings } from './decodings.support.js';
import { findCallbackReading, findServerEscape } from './server-readings.support.js';

/** How often servers and proxies behind the docs' address may decode a path again. */
const PATH_LAYERS = 3;
/** How often the docs, and whatever stands in front of them, may decode `redirect` again. */
const REDIRECT_LAYERS = 2;

/**
 * Why an address does not lead to a page of the docs, in the eyes of a browser and of everything that the request
 * then meets; nothing where it does. By the URL standard's own parser, and with nothing of the library.
 */
export function findEscape(site: DocsSite, location: string): string | undefined {
  if (!/^[!-~]+$/.test(location)) return `is not printable ASCII: ${JSON.stringify(location)}`;
  const url = new URL(location);
  if (url.origin !== site.origin || url.username + url.password !== '') return `leads to ${url.origin}`;
  if (site.mode === 'personalization') return findPathEscape(site, url.pathname);
  const callback = `${site.origin}/login/jwt-callback`;
  if (url.origin + url.pathname !== callback) return `does not lead to the callback but to ${url.pathname}`;
  const redirects = [...url.searchParams];
  if (redirects.length !== 1 || redirects[0]?.[0] !== 'redirect') return `has the query ${url.search}`;
  return findRedirectEscape(site, redirects[0][1]);
}

function findPathEscape(site: DocsSite, path: string): string | undefined {
  const { origin, basePath } = site;
  for (const decoding of byteDecodings(path, PATH_LAYERS)) {
    // A question mark and a hash were part of the path; they do not end it now.
    const reading = decoding.replaceAll(/[?#]/g, '_');
    if (beginsWithHost(reading)) return `has the path ${path}, read as ${reading}`;
    const { origin: at, pathname } = new URL(origin + reading);
    if (at !== origin || !`${pathname}/`.startsWith(`${basePath}/`)) {
      return `has the path ${path}, read as ${pathname} at ${at}`;
    }
  }
  return findServerEscape(site, path);
}

/** The docs resolve `redirect` against their own origin, and a browser does it after them. */
function findRedirectEscape(site: DocsSite, redirect: string): string | undefined {
  const { origin } = site;
  for (const reading of byteDecodings(redirect, REDIRECT_LAYERS)) {
    const url = new URL(reading, origin);
    const isPath = reading.startsWith('/') && !beginsWithHost(reading) && !beginsWithHost(url.pathname);
    if (!isPath || url.origin !== origin || url.username + url.password !== '') {
      return `leads on to ${redirect}, read as ${url.href}`;
    }
  }
  const { pathname } = new URL(redirect, origin);
  return findServerEscape(site, pathname) ?? findCallbackReading(pathname);
}

/** Whether a browser reads a path as `//host`: it takes `\` for `/`, and drops tabs and line breaks. */
function beginsWithHost(path: string): boolean {
  return /^[/\\]{2}/.test(path.replaceAll(/[\t\r\n]/g, ''));
}
