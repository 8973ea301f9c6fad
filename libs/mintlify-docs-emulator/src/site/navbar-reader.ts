import type { NavbarLink } from '../shared/navigation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readIcon } from './icon-reader.js';
import { isSafeHref } from './looks-values.js';

/** The links of `navbar` that need no label. */
const KNOWN_LINKS: Readonly<Record<string, { label: string; icon: string }>> = {
  discord: { label: 'Discord', icon: 'discord' },
  github: { label: 'GitHub', icon: 'github' },
};

/**
 * Reads the links of the header from `navbar` of docs.json; the primary one comes last.
 *
 * @example
 * readNavbarLinks({ links: [{ label: 'Status', href: 'https://status.foo.com' }] });
 */
export function readNavbarLinks(navbar: unknown): NavbarLink[] {
  if (!isRecord(navbar)) return [];
  const links: unknown[] = Array.isArray(navbar.links) ? navbar.links : [];
  return [...links.flatMap((link) => readLink(link, false)), ...readLink(navbar.primary, true)];
}

function readLink(link: unknown, isPrimary: boolean): NavbarLink[] {
  if (!isRecord(link) || !isSafeHref(link.href)) return [];
  const known = typeof link.type === 'string' ? KNOWN_LINKS[link.type] : undefined;
  const label = typeof link.label === 'string' ? link.label : known?.label;
  if (label === undefined) return [];
  return [{ ...known, ...readIcon(link), label, href: link.href, ...(isPrimary && { isPrimary }) }];
}
