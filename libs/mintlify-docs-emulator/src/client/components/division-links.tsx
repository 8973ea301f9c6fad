import { firstPage } from '../../shared/navigation-filter.js';
import type { DivisionKind, DivisionList, NavigationDivision } from '../../shared/navigation-types.js';
import { docsHref, pageHref } from '../page-data.js';
import { EntryIcon } from './entry-icon.js';

/** Props of what shows divisions. */
export interface DivisionLinksProps {
  /** All divisions to choose from on this page. */
  lists: readonly DivisionList[];
  /** The divisions that are open. */
  open: readonly NavigationDivision[];
}

const LABELS: Readonly<Record<DivisionKind, string>> = {
  language: 'Language',
  version: 'Version',
  product: 'Product',
  dropdown: 'Sections',
  tab: 'Sections',
  anchor: 'Anchors',
  item: 'Menu',
};

/**
 * The anchors and dropdowns above the pages in the sidebar.
 *
 * @example
 * <DivisionLinks lists={trail.lists} open={trail.open} />
 */
export function DivisionLinks({ lists, open }: DivisionLinksProps) {
  return lists
    .filter(({ kind }) => kind === 'anchor' || kind === 'dropdown')
    .map(({ kind, divisions }, index) => (
      // oxlint-disable-next-line react/no-array-index-key -- the lists never change their order.
      <ul key={index} className="sidebar-divisions" aria-label={LABELS[kind]}>
        {divisions.map((division) => (
          <li key={division.title}>
            <DivisionLink division={division} isOpen={open.includes(division)} />
          </li>
        ))}
      </ul>
    ));
}

/**
 * The choice between languages, versions or products: a menu that needs no script.
 *
 * @example
 * <DivisionSelectors lists={trail.lists} open={trail.open} />
 */
export function DivisionSelectors({ lists, open }: DivisionLinksProps) {
  return lists
    .filter(({ kind }) => kind === 'language' || kind === 'version' || kind === 'product')
    .map(({ kind, divisions }, index) => {
      const current = divisions.find((division) => open.includes(division));
      return (
        // oxlint-disable-next-line react/no-array-index-key -- the lists never change their order.
        <details key={index} className="division-selector" data-kind={kind}>
          <summary aria-label={LABELS[kind]}>{current?.title ?? LABELS[kind]}</summary>
          <ul>
            {divisions.map((division) => (
              <li key={division.title}>
                <DivisionLink division={division} isOpen={division === current} />
              </li>
            ))}
          </ul>
        </details>
      );
    });
}

/**
 * The rows of tabs in the header: one for tabs, one for the menu of the open tab.
 *
 * @example
 * <DivisionTabs lists={trail.lists} open={trail.open} />
 */
export function DivisionTabs({ lists, open }: DivisionLinksProps) {
  return lists
    .filter(({ kind, divisions }) => (kind === 'tab' && divisions.length > 1) || kind === 'item')
    .map(({ kind, divisions }, index) => (
      // oxlint-disable-next-line react/no-array-index-key -- the lists never change their order.
      <nav key={index} className="site-tabs" aria-label={LABELS[kind]}>
        {divisions.map((division) => (
          <DivisionLink key={division.title} division={division} isOpen={open.includes(division)} />
        ))}
      </nav>
    ));
}

function DivisionLink({ division, isOpen }: { division: NavigationDivision; isOpen: boolean }) {
  const { title, section } = division;
  const first = firstPage(section);
  const href = first ? pageHref(first.path) : docsHref(division.href);
  if (href === undefined) {
    return (
      <span className="sidebar-later">
        {title} <small>has no pages that can be shown</small>
      </span>
    );
  }
  return (
    <a className="nav-tabs-item" href={href} aria-current={isOpen ? 'true' : undefined}>
      <EntryIcon {...division} />
      {title}
    </a>
  );
}
