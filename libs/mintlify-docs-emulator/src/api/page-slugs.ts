import { posix } from 'node:path';

const MAX_CHARACTERS = 1_000;

/**
 * A part of the path of a page, from a title, a tag or the path of an operation, as Mintlify makes it.
 *
 * @example
 * slugOf('List all plants'); // 'list-all-plants'
 * slugOf('/plants/{id}'); // 'plants-'
 */
export function slugOf(text: string): string {
  return text
    .slice(0, MAX_CHARACTERS)
    .replaceAll(' ', '-')
    .replaceAll(/\{[^\n\r\u2028\u2029]*?\}/g, '-')
    .replace(/^-/, '')
    .replace(/-$/, '')
    .replaceAll(/[{}(),.'\n/]/g, '')
    .replaceAll('--', '-')
    .toLowerCase();
}

/**
 * Joins the parts of the path of a page. `.` and `..` are followed, and never lead out of the docs.
 *
 * @example
 * joinSlugs('./api-reference', '', 'list-plants'); // 'api-reference/list-plants'
 */
export function joinSlugs(...parts: string[]): string {
  return posix.resolve('/', parts.join('/').replace(/^\/+/, '')).slice(1);
}

/**
 * The path of a page from `x-mint.href`. As in Mintlify, it ends before a file extension.
 *
 * @example
 * slugOfHref('/plants/list.mdx'); // 'plants/list'
 */
export function slugOfHref(href: string): string {
  const { dir, name } = posix.parse(href.replace(/^\//, ''));
  return joinSlugs(dir, name);
}

/**
 * Makes a path that is not used yet, by a number at its end.
 *
 * @param used paths in lower case.
 * @example
 * uniqueSlug('plants', new Set(['plants'])); // 'plants-1'
 */
export function uniqueSlug(base: string, used: ReadonlySet<string>): string {
  let slug = base;
  // As Mintlify does, capitals are compared before they go.
  for (let number = 1; used.has(slug); number += 1) slug = `${base}-${number}`;
  return slug.toLowerCase();
}

/**
 * A title from the path of a page.
 *
 * @example
 * titleOfSlug('api-reference/list-plants'); // 'List plants'
 */
export function titleOfSlug(slug: string): string {
  const name = slug.replace(/\?.*$/s, '').split('/').at(-1) ?? '';
  const title = name.replaceAll(/[-_]/g, ' ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}
