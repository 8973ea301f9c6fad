import { docsHref, pageData } from '../page-data.js';
import { EntryIcon } from './entry-icon.js';

/**
 * The links of `navbar` in docs.json; the primary one is a button.
 *
 * @example
 * <NavbarLinks />
 */
export function NavbarLinks() {
  return pageData.navbarLinks.map((link) => (
    <a
      key={`${link.label} ${link.href}`}
      className={link.isPrimary ? 'button' : undefined}
      href={docsHref(link.href)}
    >
      <EntryIcon {...link} />
      {link.label}
    </a>
  ));
}
