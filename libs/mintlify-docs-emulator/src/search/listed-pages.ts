import type { DivisionKind, NavigationItem, NavigationSection } from '../shared/navigation-types.js';

/** The language and the version around a page, by their titles. Absent: none. */
export interface PageScope {
  language?: string;
  version?: string;
}

/** A page that a navigation lists, and what is around it. */
export interface ListedPage {
  /** Inside the docs, such as `/quickstart`. */
  path: string;
  /** As the sidebar shows it. */
  title: string;
  /** The divisions and groups around it, from the outside in. */
  breadcrumb: string[];
  /** Of each of its places. */
  scopes: PageScope[];
}

interface Around {
  titles: readonly string[];
  scope: PageScope;
}

/**
 * The pages of a navigation that exist, each once: at its first place.
 *
 * @param section as the visitor sees it.
 * @example
 * listedPages(navigation); // [{ path: '/setup', title: 'Setup', breadcrumb: ['Guides', 'Start'], scopes: [{}] }]
 */
export function listedPages(section: NavigationSection): ListedPage[] {
  const byPath = new Map<string, ListedPage>();
  for (const page of pagesIn(section, { titles: [], scope: {} })) {
    const known = byPath.get(page.path);
    if (known) known.scopes.push(...page.scopes);
    else byPath.set(page.path, page);
  }
  return [...byPath.values()];
}

/**
 * Whether a page is of the language and the version that a reader is in. A page without either is of all.
 *
 * @example
 * isWithin([{ language: 'fr' }], { language: 'en' }); // false
 */
export function isWithin(scopes: readonly PageScope[], { language, version }: PageScope): boolean {
  const isSame = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || other === undefined || one === other;
  return scopes.some((each) => isSame(each.language, language) && isSame(each.version, version));
}

function pagesIn({ items, lists }: NavigationSection, around: Around): ListedPage[] {
  return [
    ...items.flatMap((item) => pagesOfItem(item, around)),
    ...lists.flatMap(({ kind, divisions }) =>
      divisions.flatMap(({ title, section }) => pagesIn(section, inside(around, kind, title))),
    ),
  ];
}

function inside({ titles, scope }: Around, kind: DivisionKind, title: string): Around {
  const isScope = kind === 'language' || kind === 'version';
  return { titles: [...titles, title], scope: isScope ? { ...scope, [kind]: title } : scope };
}

function pagesOfItem(item: NavigationItem, around: Around): ListedPage[] {
  const { titles, scope } = around;
  if (item.kind === 'group') {
    const within = item.title === '' ? around : { titles: [...titles, item.title], scope };
    return item.items.flatMap((each) => pagesOfItem(each, within));
  }
  if (item.kind !== 'page' || item.isMissing) return [];
  return [{ path: item.path, title: item.title, breadcrumb: [...titles], scopes: [scope] }];
}
