import type { PageData } from '../shared/page-data-types.js';

/** What the server sent with this page. */
export const pageData: PageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');

/**
 * Puts the docs' base path before a link to a page or file of the docs; any other link is left alone.
 *
 * @example
 * docsHref('/quickstart'); // '/docs/quickstart' where the base path is /docs
 */
export function docsHref<T extends string | undefined>(href: T): T | string {
  return href?.startsWith('/') && !href.startsWith('//') ? pageData.basePath + href : href;
}
