import type { NavbarLink, NavigationDivision } from '../shared/navigation-types.js';
import type { SiteBanner, SiteFooter } from '../shared/site-looks-types.js';
import { pageData } from './page-data.js';

/** What stands around every page of a language. */
export interface PageLooks {
  banner?: SiteBanner;
  footer?: SiteFooter;
  navbarLinks: readonly NavbarLink[];
}

/**
 * The banner, footer and navbar of the page: those of its language, or else those of the site.
 *
 * @param open the divisions that are open.
 * @example
 * const { banner } = pageLooks(trail.open);
 */
export function pageLooks(open: readonly NavigationDivision[]): PageLooks {
  const own = open.findLast(({ looks }) => looks)?.looks;
  const { looks, navbarLinks } = pageData;
  return {
    banner: own?.banner ?? looks.banner,
    footer: own?.footer ?? looks.footer,
    navbarLinks: own?.navbarLinks ?? navbarLinks,
  };
}
