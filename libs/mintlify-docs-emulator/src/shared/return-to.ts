import { docsPath } from './docs-path.js';
import { OAUTH_CALLBACK_PATH } from './handshake-types.js';

/**
 * Reads the page to return to after login: a path on the docs' own origin and below their base path. Anything
 * else returns the front page.
 *
 * @param returnTo as it was stored, with query and anchor.
 * @param basePath `''`, or a path such as `/docs`.
 * @example
 * readReturnTo('/docs/quickstart#step-one', '/docs'); // '/docs/quickstart#step-one'
 * readReturnTo('//evil.example', '/docs'); // '/docs/'
 */
export function readReturnTo(returnTo: unknown, basePath: string): string {
  const frontPage = `${basePath}/`;
  if (typeof returnTo !== 'string') return frontPage;
  const path = docsPath(returnTo);
  const { pathname } = new URL(path, 'http://docs.invalid');
  const isInside = pathname === basePath || pathname.startsWith(frontPage);
  return isInside && pathname !== basePath + OAUTH_CALLBACK_PATH ? path : frontPage;
}
