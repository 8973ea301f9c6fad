/** A page in the navigation. */
export interface NavigationPage {
  kind: 'page';
  /** The page's path inside the docs, such as `/quickstart`: without the base path. */
  path: string;
  title: string;
  /** The groups that see this page listed; empty for everyone. */
  groups: string[];
  /** In private docs: whether it can be read without a login. */
  isPublic?: boolean;
}

/** A titled group of pages; groups nest. */
export interface NavigationGroup {
  kind: 'group';
  title: string;
  items: NavigationItem[];
}

/** An entry of the sidebar. */
export type NavigationItem = NavigationPage | NavigationGroup;

/** A tab above the sidebar. A site without tabs has a single tab without a title. */
export interface NavigationTab {
  title?: string;
  items: NavigationItem[];
}

/** A link in the header, from `navbar.links` of docs.json. */
export interface NavbarLink {
  label: string;
  href: string;
}
