import type { NavbarLink, NavigationTab } from './navigation.types.js';

/** Colours of the site, each `#rgb` or `#rrggbb`, from `colors` in docs.json. */
export interface SiteColors {
  /** Accent on a light background. */
  primary: string;
  /** Accent on a dark background. */
  light: string;
}

/** What the server tells the client with each page. It holds nothing about the visitor. */
export interface PageData {
  siteName: string;
  colors: SiteColors;
  navigation: NavigationTab[];
  navbarLinks: NavbarLink[];
  /** `''`, or a path such as `/docs`: it goes before every path inside the docs. */
  basePath: string;
  loginUrl: string;
  /** The endpoint that checks a token, as a path on this origin. */
  sessionPath: string;
  page: {
    /** The page's path inside the docs; `/introduction` also when it is shown as the front page. */
    path: string;
    title: string;
    description?: string;
    /** The compiled page as a path on this origin; absent when there is no such page. */
    modulePath?: string;
  };
}
