import type { DocsMode } from './docs-mode.js';
import type { DocsHandshake } from './handshake-types.js';
import type { NavbarLink, NavigationTab } from './navigation-types.js';
import type { Visitor } from './visitor-types.js';

/** Colours of the site, each `#rgb` or `#rrggbb`, from `colors` in docs.json. */
export interface SiteColors {
  /** Accent on a light background. */
  primary: string;
  /** Accent on a dark background. */
  light: string;
}

/** What the server tells the client with each page. */
export interface PageData {
  siteName: string;
  colors: SiteColors;
  navigation: NavigationTab[];
  navbarLinks: NavbarLink[];
  /** `''`, or a path such as `/docs`: it goes before every path inside the docs. */
  basePath: string;
  mode: DocsMode;
  /** In private docs always the one by JWT. Nothing in it is secret: browsers run the handshake. */
  handshake: DocsHandshake;
  /**
   * Where the "Log in" link goes: an absolute URL, or in private docs a path on this origin; empty with OAuth, whose
   * address is made at each login.
   */
  loginUrl: string;
  /** The endpoint that checks a token, as a path on this origin. */
  sessionPath: string;
  /** Private docs: who is logged in, as the server knows. Of public docs it never knows. */
  visitor?: Visitor;
  page: {
    /** The page's path inside the docs; `/introduction` also when it is shown as the front page. */
    path: string;
    title: string;
    description?: string;
    /** The compiled page as a path on this origin; absent when there is no such page. */
    modulePath?: string;
  };
}

/** What the server tells the pages that a login goes through. */
export interface LoginPageData {
  /** `forward`: go on to the login at once; the rest is for the page's own words. */
  kind: 'forward' | 'choose' | 'callback' | 'logged-out' | 'session-over' | 'oauth-callback';
  colors: SiteColors;
  /** The endpoint that checks a token, as a path on this origin. */
  sessionPath: string;
  /** `''`, or a path such as `/docs`. */
  basePath: string;
  /** Absent in private docs. */
  handshake?: DocsHandshake;
}
