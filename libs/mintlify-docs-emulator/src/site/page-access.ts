import { passesRule } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import type { DocsMode } from '../shared/docs-mode.js';
import { filterNavigation, visibleNavigation } from '../shared/navigation-filter.js';
import type { ListingRules, NavigationItem, NavigationSection } from '../shared/navigation-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { RuleSources } from './navigation-nodes.js';
import type { FrontMatter } from './front-matter-reader.js';

/** A page of the docs folder. */
export interface SitePage {
  /** Path inside the docs folder, such as `guides/quickstart.mdx`. */
  file: string;
  absolutePath: string;
  frontMatter: FrontMatter;
  /** Why the front matter cannot be read. */
  problem?: Error;
  /** The page is made from an operation of a spec: then `file` is no file, and `absolutePath` is empty. */
  generated?: GeneratedFrom;
}

/** Where a page without a file of its own comes from. */
export interface GeneratedFrom {
  /** Path of the spec inside the docs folder. */
  spec: string;
  /** `x-mint.content`: MDX that stands before the operation. */
  content?: string;
}

/** A place of a page in the navigation, with what the nodes around it say. */
export interface PagePlace {
  rules: GroupRule[];
  /** Where they stand in docs.json. */
  from?: RuleSources;
  isPublic: boolean;
  hidden: boolean;
}

/** What decides who may read a page. */
export interface PageAccess {
  /** From the front matter. */
  rule?: GroupRule;
  /** The groups of the nodes around each of its places. A visitor must pass all of one place. */
  placeRules: GroupRule[][];
  /** In private docs: whether `public` opens it. */
  isPublic: boolean;
}

/**
 * What decides who may read a page. The nearest `public` wins: of the front matter, of the nodes around its first
 * place, of the root of docs.json (handshakes.md, section 8).
 *
 * @param places its places in the navigation.
 * @param isRootPublic `public` of the root of docs.json.
 * @example
 * pageAccess({ isPublic: false }, [], true); // { isPublic: false, placeRules: [] }
 */
export function pageAccess(
  { rule, isPublic }: FrontMatter,
  places: readonly PagePlace[] = [],
  isRootPublic = false,
): PageAccess {
  return {
    ...(rule && { rule }),
    placeRules: places.map((place) => place.rules),
    isPublic: isPublic ?? places[0]?.isPublic ?? isRootPublic,
  };
}

/**
 * Tells whether a visitor may read a page of private docs. Groups hold, also where the page is public: then it is for
 * visitors who are logged in and pass them. Without groups, a public page is for everyone, and any other page for
 * every visitor who is logged in.
 *
 * @param visitor absent if anonymous.
 * @example
 * canRead({ rule: readGroupRule(['support']), placeRules: [], isPublic: true }, undefined); // false
 */
export function canRead({ rule, placeRules, isPublic }: PageAccess, visitor: Visitor | undefined): boolean {
  if (!visitor)
    return isPublic && !rule && (placeRules.length === 0 || placeRules.some((rules) => rules.length === 0));
  const passes = (each: GroupRule | undefined): boolean => passesRule(each, visitor.groups ?? []);
  return passes(rule) && (placeRules.length === 0 || placeRules.some((rules) => rules.every(passes)));
}

/** Whom a navigation is for. */
export interface NavigationReader {
  /** Absent if anonymous. */
  visitor: Visitor | undefined;
  mode: DocsMode;
  /** Of a preview deployment, which lists pages whatever their groups are. */
  preview?: boolean;
}

/**
 * The navigation as a visitor sees it. In a preview, groups take nothing out of it (handshakes.md, section 8); in
 * private docs, what is not public still asks for a login.
 *
 * @example
 * navigationFor(site.navigation, { visitor: { groups: ['admin'] }, mode: 'authentication' });
 */
export function navigationFor(
  navigation: NavigationSection,
  { visitor, mode, preview = false }: NavigationReader,
): NavigationSection {
  if (mode === 'authentication') {
    return preview && visitor
      ? navigation
      : filterNavigation(navigation, (entry) => isListedFor(entry, visitor));
  }
  return preview ? navigation : visibleNavigation(navigation, visitor && (visitor.groups ?? []));
}

/**
 * The navigation without the rules about groups, so that what filters by them keeps everything.
 *
 * @example
 * withoutRules(navigationFor(site.navigation, { visitor, mode, preview: true }));
 */
export function withoutRules({ items, lists }: NavigationSection): NavigationSection {
  return {
    items: items.map(withoutItemRules),
    lists: lists.map(({ kind, divisions }) => ({
      kind,
      divisions: divisions.map((division) =>
        Object.assign({}, division, { rules: undefined, section: withoutRules(division.section) }),
      ),
    })),
  };
}

function withoutItemRules(item: NavigationItem): NavigationItem {
  if (item.kind === 'group') return Object.assign({}, item, { items: item.items.map(withoutItemRules) });
  return { ...item, rules: undefined };
}

/** Of private docs. */
function isListedFor({ rules = [], isPublic = false }: ListingRules, visitor: Visitor | undefined): boolean {
  if (!visitor) return isPublic && rules.length === 0;
  return rules.every((rule) => passesRule(rule, visitor.groups ?? []));
}
