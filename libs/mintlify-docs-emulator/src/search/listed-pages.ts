import type { NavigationItem, NavigationSection } from '../shared/navigation-types.js';

/** A page that a navigation lists, and what is around it. */
export interface ListedPage {
  /** Inside the docs, such as `/quickstart`. */
  path: string;
  /** As the sidebar shows it. */
  title: string;
  /** The divisions and groups around it, from the outside in. */
  breadcrumb: string[];
}

/**
 * The pages of a navigation that exist, each once: at its first place.
 *
 * @param section as the visitor sees it.
 * @example
 * listedPages(navigation); // [{ path: '/setup', title: 'Setup', breadcrumb: ['Guides', 'Start'] }]
 */
export function listedPages(section: NavigationSection): ListedPage[] {
  const byPath = new Map<string, ListedPage>();
  for (const page of pagesIn(section, [])) if (!byPath.has(page.path)) byPath.set(page.path, page);
  return [...byPath.values()];
}

function pagesIn({ items, lists }: NavigationSection, around: readonly string[]): ListedPage[] {
  const divisions = lists.flatMap((list) => list.divisions);
  return [
    ...items.flatMap((item) => pagesOfItem(item, around)),
    ...divisions.flatMap(({ title, section }) => pagesIn(section, [...around, title])),
  ];
}

function pagesOfItem(item: NavigationItem, around: readonly string[]): ListedPage[] {
  if (item.kind === 'group') {
    const inside = item.title === '' ? around : [...around, item.title];
    return item.items.flatMap((each) => pagesOfItem(each, inside));
  }
  if (item.kind !== 'page' || item.isMissing) return [];
  return [{ path: item.path, title: item.title, breadcrumb: [...around] }];
}
