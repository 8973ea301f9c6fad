import type { GroupRule } from './group-rules.js';
import type { OperationMethod } from './operation-types.js';
import type { SiteBanner, SiteFooter } from './site-looks-types.js';

/** What decides whether an entry of the navigation is listed for a visitor. */
export interface ListingRules {
  /** The entry's own `groups` and those of the nodes around it. A visitor must pass all of them. Absent: none. */
  rules?: GroupRule[];
  /** In private docs: whether it can be read without a login. */
  isPublic?: boolean;
}

/** The icon of an entry. */
export interface NavigationIcon {
  /** Such as `rocket`, or a path or URL of a picture. */
  icon?: string;
  /** The style of Font Awesome, such as `solid`. */
  iconType?: string;
  /** `fontawesome` or `lucide`. Default: that of the site. */
  iconLibrary?: string;
}

/** A page in the navigation. */
export interface NavigationPage extends ListingRules, NavigationIcon {
  kind: 'page';
  /** The page's path inside the docs, such as `/quickstart`: without the base path. */
  path: string;
  title: string;
  /** A short mark after the title, such as "NEW". */
  tag?: string;
  /** The folder has no such page. */
  isMissing?: boolean;
  /** The method of the API operation that the page shows. */
  method?: OperationMethod;
  isDeprecated?: boolean;
}

/** A link in the sidebar that leads elsewhere. */
export interface NavigationLink extends ListingRules, NavigationIcon {
  kind: 'link';
  title: string;
  href: string;
  /** The page of the folder whose `url` in the front matter this is. */
  path?: string;
}

/** The place of GraphQL operations, which the emulator does not show. */
export interface NavigationOperations extends ListingRules {
  kind: 'operations';
  /** Such as `query plants`. */
  title: string;
}

/** A titled group of pages; groups nest. */
export interface NavigationGroup extends NavigationIcon {
  kind: 'group';
  title: string;
  tag?: string;
  /** `false` closes it until the visitor opens it. */
  isExpanded?: boolean;
  items: NavigationItem[];
}

/** An entry of the sidebar. */
export type NavigationItem = NavigationPage | NavigationLink | NavigationOperations | NavigationGroup;

/** The kinds of divisions, as the keys of their titles in docs.json. `item` is an entry of a `menu`. */
export type DivisionKind = 'language' | 'version' | 'product' | 'dropdown' | 'tab' | 'anchor' | 'item';

/** What a language has instead of the site's own. */
export interface DivisionLooks {
  banner?: SiteBanner;
  footer?: SiteFooter;
  navbarLinks?: NavbarLink[];
}

/** One division, such as a tab: a link, or a part of the docs. */
export interface NavigationDivision extends ListingRules, NavigationIcon {
  title: string;
  /** Leads elsewhere, instead of to the first page. */
  href?: string;
  /** Of a language: its own banner, footer and navbar. */
  looks?: DivisionLooks;
  /** From `default: true` of a language or version: its first page comes first. */
  isDefault?: boolean;
  section: NavigationSection;
}

/** Divisions side by side, of which the visitor chooses one. */
export interface DivisionList {
  kind: DivisionKind;
  divisions: NavigationDivision[];
}

/** A part of the navigation: its own entries, and what divides the rest. */
export interface NavigationSection {
  items: NavigationItem[];
  lists: DivisionList[];
}

/** A link in the header, from `navbar` of docs.json. */
export interface NavbarLink extends NavigationIcon {
  label: string;
  /** The button. */
  isPrimary?: boolean;
  href: string;
}
