import type { PageData } from '../shared/page-data-types.js';

/** The data that the server sent with this page. */
export const pageData: PageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');

/**
 * Adds the docs' base path to a link inside the docs. Other links are unchanged.
 *
 * @example
 * docsHref('/quickstart'); // '/docs/quickstart' where the base path is /docs
 */
export function docsHref<T extends string | undefined>(href: T): T | string {
  return href?.startsWith('/') && !href.startsWith('//') ? pageData.basePath + href : href;
}

/**
 * The URL of a page of the docs, by its path.
 *
 * @example
 * pageHref('/api/what-is-new?'); // '/api/what-is-new%3F'
 */
export function pageHref(path: string): string {
  return docsHref(encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23'));
}
