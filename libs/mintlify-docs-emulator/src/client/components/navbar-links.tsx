import type { NavbarLink } from '../../shared/navigation-types.js';
import { docsHref } from '../page-data.js';
import { EntryIcon } from './entry-icon.js';

/**
 * The links of `navbar` in docs.json; the primary one is a button.
 *
 * @example
 * <NavbarLinks links={pageLooks(trail.open).navbarLinks} />
 */
export function NavbarLinks({ links }: { links: readonly NavbarLink[] }) {
  return links.map((link) => (
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
