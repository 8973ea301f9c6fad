import { readFile } from 'node:fs/promises';
import { isRecord } from '../shared/type-guards.js';
import { listPages } from '../shared/navigation-filter.js';
import type { NavigationItem, NavigationPage, NavigationTab } from '../shared/navigation-types.js';
import { locatePage, splitUrlPath } from './file-locator.js';
import type { LocatedFile } from './file-locator.js';
import { readFrontMatter } from './front-matter-reader.js';
import type { FrontMatter } from './front-matter-reader.js';

// All of these are shown as tabs. The singular, such as `tab`, is the key of an entry's title.
const TOP_LEVEL_KEYS = ['tabs', 'anchors', 'dropdowns', 'products', 'versions', 'languages'] as const;

/**
 * Builds the navigation from `navigation` in docs.json and the front matter of its pages, read from disk each
 * time. It supports `pages` and nested `groups`, with or without `tabs`. A missing or invalid page is listed
 * under a title made from its path. A page with `hidden: true` is not listed. `public: true` of a group applies
 * to all its pages.
 *
 * @param directory the docs folder.
 * @param navigation the value from docs.json, not validated.
 * @example
 * await buildNavigation('/srv/docs', { groups: [{ group: 'Start', pages: ['introduction'] }] });
 */
export async function buildNavigation(directory: string, navigation: unknown): Promise<NavigationTab[]> {
  if (!isRecord(navigation)) return [];
  for (const division of TOP_LEVEL_KEYS) {
    const entries = navigation[division];
    if (!Array.isArray(entries)) continue;
    return Promise.all(
      entries.filter(isRecord).map(async (entry) => ({
        title: titleOf(entry[division.slice(0, -1)]),
        items: await buildItems(directory, entry),
      })),
    );
  }
  return [{ items: await buildItems(directory, navigation) }];
}

/**
 * The page that `/` shows if the folder has no index page: the first page that is listed for everyone, or else
 * the first page.
 *
 * @example
 * frontPage(navigation)?.path; // '/introduction'
 */
export function frontPage(navigation: readonly NavigationTab[]): NavigationPage | undefined {
  const pages = navigation.flatMap((tab) => listPages(tab.items));
  return pages.find((page) => page.groups.length === 0) ?? pages[0];
}

/**
 * The files of the public pages in the navigation, as paths inside the docs folder.
 *
 * @example
 * await publicFiles('/srv/docs', navigation); // Set { 'introduction.mdx' }
 */
export async function publicFiles(
  directory: string,
  navigation: readonly NavigationTab[],
): Promise<ReadonlySet<string>> {
  const pages = navigation.flatMap((tab) => listPages(tab.items)).filter((page) => page.isPublic);
  const files = await Promise.all(pages.map(({ path }) => locateListed(directory, path)));
  return new Set(files.flatMap((file) => (file ? [file.relativePath] : [])));
}

/**
 * The title of a page without one, made from the last part of its path.
 *
 * @example
 * titleFromPath('/guides/first-steps'); // 'First steps'
 */
export function titleFromPath(path: string): string {
  const text = (path.split('/').at(-1) ?? '').replaceAll(/[-_]+/g, ' ').trim();
  return text === '' ? 'Home' : text.charAt(0).toUpperCase() + text.slice(1);
}

async function buildItems(
  directory: string,
  node: Record<string, unknown>,
  isInPublicGroup = false,
): Promise<NavigationItem[]> {
  const isPublic = isInPublicGroup || node.public === true;
  const entries = [node.pages, node.groups].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  const items = await Promise.all(entries.map((entry) => buildItem(directory, entry, isPublic)));
  return items.filter((item) => item !== undefined);
}

async function buildItem(
  directory: string,
  entry: unknown,
  isPublic: boolean,
): Promise<NavigationItem | undefined> {
  if (typeof entry === 'string') return buildPage(directory, entry, isPublic);
  if (!isRecord(entry)) return undefined;
  return {
    kind: 'group',
    title: titleOf(entry.group),
    items: await buildItems(directory, entry, isPublic),
  };
}

async function buildPage(
  directory: string,
  name: string,
  isPublic: boolean,
): Promise<NavigationPage | undefined> {
  const path = `/${name.replace(/^\/+/, '').replace(/\.mdx?$/, '')}`;
  const frontMatter = await readPageFrontMatter(directory, path);
  if (frontMatter.hidden) return undefined;
  return {
    kind: 'page',
    path,
    title: frontMatter.sidebarTitle ?? frontMatter.title ?? titleFromPath(path),
    groups: frontMatter.groups ?? [],
    ...((isPublic || frontMatter.isPublic) && { isPublic: true }),
  };
}

async function readPageFrontMatter(directory: string, path: string): Promise<FrontMatter> {
  try {
    const file = await locateListed(directory, path);
    return file ? readFrontMatter(await readFile(file.absolutePath, 'utf8'), file.relativePath) : {};
  } catch {
    // The page itself shows the error; the rest of the site still works.
    return {};
  }
}

async function locateListed(directory: string, path: string): Promise<LocatedFile | undefined> {
  const parts = splitUrlPath(encodeURI(path));
  return parts && locatePage(directory, parts);
}

function titleOf(title: unknown): string {
  return typeof title === 'string' ? title : 'Docs';
}
