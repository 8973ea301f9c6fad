import type { DocsMode } from './docs-mode.js';
import type { GroupRule } from './group-rules.js';
import type { DocsHandshake } from './handshake-types.js';
import type { NavbarLink } from './navigation-types.js';
import type { OperationFault, OperationSource } from './operation-types.js';
import type { PlaygroundSettings } from './playground-types.js';
import type { SiteLooks } from './site-looks-types.js';
import type { Visitor } from './visitor-types.js';

/** The site's colors, each `#rgb` or `#rrggbb`, from `colors` in docs.json. */
export interface SiteColors {
  /** Accent on a light background. */
  primary: string;
  /** Accent on a dark background. */
  light: string;
}

/** A rule about who sees a page. */
export interface PageAccessNote {
  /** A phrase, such as "visitors in admin". */
  text: string;
  /** The file and line, such as `admin.mdx:3`, or `docs.json`. */
  place: string;
  /** Absent if the rule is not about groups. */
  rule?: GroupRule;
}

/** Where a page hears that the docs folder has changed. */
export interface ChangeSource {
  /** The endpoint of the events, as a path on this origin. */
  path: string;
  /** The latest change when the page was made. */
  version: string;
}

/** How pages show the playground, and where it sends requests. */
export interface PlaygroundData extends PlaygroundSettings {
  /** The endpoint that sends requests to the API, as a path on this origin. */
  relayPath: string;
  /** The endpoint of what all operations ask for, as a path on this origin. */
  inputsPath: string;
}

/** The data that the server sends to the browser with each page. */
export interface PageData {
  siteName: string;
  colors: SiteColors;
  /** Logo, banner, footer, fonts, background. */
  looks: SiteLooks;
  /**
   * Where the navigation is, as a path on this origin. In private docs it is what this visitor sees. In public docs it is
   * all of it: the browser knows the visitor. The path changes with the content.
   */
  navigationPath: string;
  /** The endpoint of the search, as a path on this origin. */
  searchPath: string;
  navbarLinks: NavbarLink[];
  /** Where icons come from by default: `fontawesome` or `lucide`. */
  iconLibrary: string;
  /** Other origins that pages may load from. Absent: none. */
  allowedOrigins?: readonly string[];
  /** `''`, or a path such as `/docs`, which prefixes every path inside the docs. */
  basePath: string;
  mode: DocsMode;
  /** Always JWT in private docs. Contains no secrets: the browser runs the handshake. */
  handshake: DocsHandshake;
  /**
   * The URL of the "Log in" link: absolute, or in private docs a path on this origin. Empty for OAuth, which
   * builds a new URL for each login.
   */
  loginUrl: string;
  /** The endpoint that verifies a token, as a path on this origin. */
  sessionPath: string;
  playground: PlaygroundData;
  /** In private docs: who is logged in. In public docs the server does not know. */
  visitor?: Visitor;
  /** In docs without a login: the visitors to choose from. */
  visitors?: { path: string; names: string[]; current: string };
  /** Absent if the docs folder is not watched. */
  changes?: ChangeSource;
  page: {
    /** The page's path inside the docs; `/introduction` also when it is shown as the front page. */
    path: string;
    title: string;
    description?: string;
    /** Who sees it: each rule with the place that it comes from. A visitor must pass all of them. */
    access: PageAccessNote[];
    /** The API operation that the page shows, or why it cannot. */
    api?: { source?: OperationSource; fault?: OperationFault };
    isDeprecated?: boolean;
    /** The compiled page, as a path on this origin; absent if the page does not exist. */
    modulePath?: string;
    /** The page as Markdown, as a path on this origin; absent if the page does not exist. */
    sourcePath?: string;
  };
}

/** The data that the server sends to the browser with a login page. */
export interface LoginPageData {
  /** Which login page this is. `forward` goes to the login at once. */
  kind: 'forward' | 'choose' | 'callback' | 'logged-out' | 'session-over' | 'oauth-callback';
  colors: SiteColors;
  /** The endpoint that verifies a token, as a path on this origin. */
  sessionPath: string;
  /** `''`, or a path such as `/docs`. */
  basePath: string;
  /** Absent for private docs. */
  handshake?: DocsHandshake;
}
