/** One value for each color mode. */
export interface ByMode {
  light: string;
  dark: string;
}

/** A font, from `fonts` of docs.json. */
export interface SiteFont {
  family: string;
  weight?: number;
  /** A file of the docs folder. Without one, the font must be installed. */
  source?: string;
}

/** The announcement above every page. */
export interface SiteBanner {
  /** HTML without tags of the author's own. */
  html: string;
  isDismissible: boolean;
  /** `info`, `warning` or `critical`. */
  type: string;
  /** The color of the background. */
  color?: ByMode;
}

/** What stands below every page. */
export interface SiteFooter {
  socials: { name: string; href: string; icon: string }[];
  columns: { header?: string; items: { label: string; href: string }[] }[];
}

/** The colors of code, each `#rgb`, `#rrggbb` or with an alpha value. */
export interface CodeColors {
  background: string;
  text: string;
  comment: string;
  keyword: string;
  string: string;
  number: string;
  /** Names of functions and the like. */
  title: string;
}

/** How code blocks look: dark in both color modes, or by a theme for each mode. */
export type CodeLooks = { isDark: true } | { light: CodeColors; dark: CodeColors };

/** How a site looks, from docs.json. */
export interface SiteLooks {
  logo?: ByMode & { href?: string };
  appearance: { default: 'system' | 'light' | 'dark'; isStrict: boolean };
  background: {
    color: Partial<ByMode>;
    image?: ByMode;
    /** `gradient`, `grid` or `windows`. */
    decoration?: string;
  };
  /** Absent: as the page. */
  code?: CodeLooks;
  fonts: { body?: SiteFont; heading?: SiteFont };
  banner?: SiteBanner;
  footer?: SiteFooter;
  /** What the menu of a page offers, of what works on this machine: `copy` and `view`. */
  contextual: string[];
}
