import type { SiteFooter as Footer } from '../../shared/site-looks-types.js';
import { docsHref } from '../page-data.js';
import { Icon } from './mintlify-icon.js';

/**
 * What stands below every page: columns of links, and social networks.
 *
 * @example
 * <SiteFooter footer={{ socials: [{ name: 'github', href: 'https://github.com/foo', icon: 'github' }], columns: [] }} />
 */
export function SiteFooter({ footer: { socials, columns } }: { footer: Footer }) {
  return (
    <footer className="site-footer">
      {columns.length > 0 && (
        <div className="footer-columns">
          {columns.map(({ header, items }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the columns never change their order.
            <section key={index}>
              {header !== undefined && <p className="sidebar-title">{header}</p>}
              <ul>
                {items.map(({ label, href }) => (
                  <li key={`${label} ${href}`}>
                    <a href={docsHref(href)}>{label}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      {socials.length > 0 && (
        <p className="footer-socials">
          {socials.map(({ name, href, icon }) => (
            <a key={name} href={docsHref(href)} aria-label={name} rel="noreferrer">
              <Icon icon={icon} iconLibrary="fontawesome" color="currentColor" size={20} />
            </a>
          ))}
        </p>
      )}
    </footer>
  );
}
