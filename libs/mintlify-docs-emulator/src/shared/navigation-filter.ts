import type { NavigationItem, NavigationPage, NavigationTab } from './navigation-types.js';

/**
 * The navigation as a visitor sees it. A page with `groups` is listed only for visitors in one of them. Empty
 * groups and tabs are removed (handshakes.md, sections 2 and 6).
 *
 * @param visitorGroups the visitor's groups; an empty list for an anonymous visitor.
 * @example
 * visibleNavigation([{ items: [{ kind: 'page', path: '/a', title: 'A', groups: ['admin'] }] }], []); // []
 */
export function visibleNavigation(
  tabs: readonly NavigationTab[],
  visitorGroups: readonly string[],
): NavigationTab[] {
  return filterNavigation(
    tabs,
    ({ groups }) => groups.length === 0 || groups.some((group) => visitorGroups.includes(group)),
  );
}

/**
 * The navigation with only the pages that pass a filter. Empty groups and tabs are removed.
 *
 * @example
 * filterNavigation(tabs, (page) => page.isPublic === true);
 */
export function filterNavigation(
  tabs: readonly NavigationTab[],
  isListed: (page: NavigationPage) => boolean,
): NavigationTab[] {
  return tabs
    .map((tab) => Object.assign({}, tab, { items: filterItems(tab.items, isListed) }))
    .filter((tab) => tab.items.length > 0);
}

/**
 * All pages of a list of navigation entries, from top to bottom.
 *
 * @example
 * listPages([{ kind: 'group', title: 'Start', items: [page] }]); // [page]
 */
export function listPages(items: readonly NavigationItem[]): NavigationPage[] {
  return items.flatMap((item) => (item.kind === 'page' ? [item] : listPages(item.items)));
}

/**
 * The pages before and after a page, for the links at the bottom. A page that is not listed has neither.
 *
 * @example
 * neighbors([first, second], second.path); // { previous: first, next: undefined }
 */
export function neighbors(
  pages: readonly NavigationPage[],
  path: string,
): { previous?: NavigationPage; next?: NavigationPage } {
  const index = pages.findIndex((page) => page.path === path);
  return index === -1 ? {} : { previous: pages[index - 1], next: pages[index + 1] };
}

function filterItems(
  items: readonly NavigationItem[],
  isListed: (page: NavigationPage) => boolean,
): NavigationItem[] {
  return items.flatMap((item): NavigationItem[] => {
    if (item.kind === 'page') return isListed(item) ? [item] : [];
    const inside = filterItems(item.items, isListed);
    return inside.length > 0 ? [{ ...item, items: inside }] : [];
  });
}
