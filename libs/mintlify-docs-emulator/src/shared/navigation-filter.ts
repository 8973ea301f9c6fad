import { passesRule } from './group-rules.js';
import type {
  DivisionList,
  ListingRules,
  NavigationDivision,
  NavigationItem,
  NavigationPage,
  NavigationSection,
} from './navigation-types.js';

/**
 * The navigation as a visitor sees it: without what their groups do not let them see, and without the groups and
 * divisions that are empty then (handshakes.md, section 8).
 *
 * @param visitorGroups the visitor's groups; `undefined` for an anonymous visitor.
 * @example
 * visibleNavigation({ items: [{ kind: 'page', path: '/a', title: 'A', rules: [NO_ONE] }], lists: [] }, ['admin']);
 * // { items: [], lists: [] }
 */
export function visibleNavigation(
  section: NavigationSection,
  visitorGroups: readonly string[] | undefined,
): NavigationSection {
  return filterNavigation(section, ({ rules = [] }) =>
    rules.every((rule) => passesRule(rule, visitorGroups)),
  );
}

/**
 * The navigation with only the entries that pass a filter. Empty groups and divisions are removed.
 *
 * @example
 * filterNavigation(section, (entry) => entry.rules === undefined);
 */
export function filterNavigation(
  { items, lists }: NavigationSection,
  isListed: (entry: ListingRules) => boolean,
): NavigationSection {
  return {
    items: filterItems(items, isListed),
    lists: lists.flatMap(({ kind, divisions }): DivisionList[] => {
      const left = divisions.flatMap((division): NavigationDivision[] => {
        const section = filterNavigation(division.section, isListed);
        const isLink = division.href !== undefined && isListed(division);
        return isLink || !isEmpty(section) ? [{ ...division, section }] : [];
      });
      return left.length > 0 ? [{ kind, divisions: left }] : [];
    }),
  };
}

/**
 * All pages of a section, in the order in which one of them becomes the first page: the entries of its own, then
 * each division; languages and versions that are the default come first.
 *
 * @example
 * listPages({ items: [{ kind: 'group', title: 'Start', items: [page] }], lists: [] }); // [page]
 */
export function listPages({ items, lists }: NavigationSection): NavigationPage[] {
  const inside = lists.flatMap((list) => defaultFirst(list).flatMap(({ section }) => listPages(section)));
  return [...pagesOf(items), ...inside];
}

function defaultFirst({ divisions }: DivisionList): NavigationDivision[] {
  const first = divisions.find((entry) => entry.isDefault);
  return first ? [first, ...divisions.filter((entry) => entry !== first)] : divisions;
}

/**
 * The pages of sidebar entries, from top to bottom.
 *
 * @example
 * pagesOf([{ kind: 'group', title: 'Start', items: [page] }]); // [page]
 */
export function pagesOf(items: readonly NavigationItem[]): NavigationPage[] {
  return items.flatMap((item) =>
    item.kind === 'page' ? [item] : item.kind === 'group' ? pagesOf(item.items) : [],
  );
}

/**
 * The paths of all pages that a section lists, also of those that are only a link, by `url` in their front matter.
 *
 * @example
 * listPaths({ items: [{ kind: 'link', title: 'Status', href: 'https://status.foo.com', path: '/status' }], lists: [] }); // ['/status']
 */
export function listPaths(section: NavigationSection): string[] {
  return [...listPages(section).map(({ path }) => path), ...linkedPaths(section)];
}

function linkedPaths({ items, lists }: NavigationSection): string[] {
  const inside = lists.flatMap(({ divisions }) => divisions.flatMap((entry) => linkedPaths(entry.section)));
  return [...linkedPathsOf(items), ...inside];
}

function linkedPathsOf(items: readonly NavigationItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'group') return linkedPathsOf(item.items);
    return item.kind === 'link' && item.path !== undefined ? [item.path] : [];
  });
}

/**
 * The first page of a section that exists: what its link leads to.
 *
 * @example
 * firstPage(section)?.path; // '/introduction'
 */
export function firstPage(section: NavigationSection): NavigationPage | undefined {
  return listPages(section).find((page) => !page.isMissing);
}

/** The way from the whole navigation to a page: a division of each level. */
export interface NavigationTrail {
  /** The divisions that are open, from the outside in. */
  open: NavigationDivision[];
  /** The divisions to choose from on the way, from the outside in. */
  lists: DivisionList[];
  /** The entries of the sidebar: of the whole navigation and of each open division. */
  items: NavigationItem[];
}

/**
 * Finds the divisions that are open on a page: those around its first place in the navigation. For a page that is
 * not listed, the first ones.
 *
 * @example
 * findTrail(navigation, '/quickstart').open.map(({ title }) => title); // ['English', 'Guides']
 */
export function findTrail(section: NavigationSection, path: string): NavigationTrail {
  const open = divisionsAround(section, path) ?? firstDivisions(section);
  const sections = [section, ...open.map((division) => division.section)];
  return {
    open,
    lists: sections.flatMap(({ lists }) => lists),
    items: sections.flatMap(({ items }) => items),
  };
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

function divisionsAround(
  { items, lists }: NavigationSection,
  path: string,
): NavigationDivision[] | undefined {
  if (pagesOf(items).some((page) => page.path === path)) return [];
  for (const division of lists.flatMap(({ divisions }) => divisions)) {
    const inside = divisionsAround(division.section, path);
    if (inside) return [division, ...inside];
  }
  return undefined;
}

function firstDivisions({ items, lists }: NavigationSection): NavigationDivision[] {
  if (items.length > 0) return [];
  const divisions = lists.flatMap((list) => list.divisions).filter(({ section }) => !isEmpty(section));
  const first = divisions.find(({ isDefault }) => isDefault) ?? divisions[0];
  return first ? [first, ...firstDivisions(first.section)] : [];
}

function filterItems(
  items: readonly NavigationItem[],
  isListed: (entry: ListingRules) => boolean,
): NavigationItem[] {
  return items.flatMap((item): NavigationItem[] => {
    if (item.kind !== 'group') return isListed(item) ? [item] : [];
    const inside = filterItems(item.items, isListed);
    return inside.length > 0 ? [{ ...item, items: inside }] : [];
  });
}

function isEmpty({ items, lists }: NavigationSection): boolean {
  return items.length === 0 && lists.length === 0;
}
