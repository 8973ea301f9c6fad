import { pagesOf } from '../../shared/navigation-filter.js';
import type { NavigationGroup, NavigationItem } from '../../shared/navigation-types.js';
import { docsHref, pageData, pageHref } from '../page-data.js';
import { MethodBadge } from './api/method-badge.js';
import { pageLooks } from '../page-looks.js';
import { EntryIcon } from './entry-icon.js';
import { DivisionLinks } from './division-links.js';
import { NavbarLinks } from './navbar-links.js';
import type { DivisionLinksProps } from './division-links.js';

/** Props of the sidebar. */
export interface PageSidebarProps extends DivisionLinksProps {
  items: readonly NavigationItem[];
  /** Whether it is open on a narrow screen. On a wide screen it always is. */
  isOpen: boolean;
}

/**
 * The navigation next to the page: anchors and dropdowns, then the pages of the division that is open.
 *
 * @example
 * <PageSidebar items={trail.items} lists={trail.lists} open={trail.open} isOpen={false} />
 */
export function PageSidebar({ items, lists, open, isOpen }: PageSidebarProps) {
  return (
    <nav id="sidebar" className="sidebar" aria-label="Pages" data-open={isOpen}>
      <DivisionLinks lists={lists} open={open} />
      <SidebarList items={items} depth={0} />
      {/* On a phone, the header has no room for them. */}
      <div className="sidebar-links">
        <NavbarLinks links={pageLooks(open).navbarLinks} />
      </div>
    </nav>
  );
}

function SidebarList({ items, depth }: { items: readonly NavigationItem[]; depth: number }) {
  return (
    <ul>
      {items.map((item, index) => (
        // A page or a title may stand twice.
        // oxlint-disable-next-line react/no-array-index-key -- the list never changes its order.
        <li key={index} className={item.kind === 'group' ? 'sidebar-group' : undefined}>
          <SidebarEntry item={item} depth={depth} />
        </li>
      ))}
    </ul>
  );
}

function SidebarEntry({ item, depth }: { item: NavigationItem; depth: number }) {
  switch (item.kind) {
    case 'page':
      return (
        <a href={pageHref(item.path)} aria-current={item.path === pageData.page.path ? 'page' : undefined}>
          <EntryIcon {...item} />
          {item.method && <MethodBadge method={item.method} isShort />}
          {item.title}
          {item.tag !== undefined && <span className="sidebar-tag">{item.tag}</span>}
          {item.isDeprecated && <span className="sidebar-tag">deprecated</span>}
        </a>
      );
    case 'link':
      return (
        <a href={docsHref(item.href)} rel="noreferrer">
          <EntryIcon {...item} />
          {item.title} <span aria-hidden="true">↗</span>
        </a>
      );
    case 'operations':
      return (
        <span className="sidebar-later">
          {item.title} <small>GraphQL is not shown</small>
        </span>
      );
    case 'group':
      return <SidebarGroup group={item} depth={depth} />;
  }
}

function SidebarGroup({ group, depth }: { group: NavigationGroup; depth: number }) {
  const title = (
    <>
      <EntryIcon {...group} />
      {group.title}
      {group.tag !== undefined && <span className="sidebar-tag">{group.tag}</span>}
    </>
  );
  if (depth === 0) {
    return (
      <>
        {group.title !== '' && <p className="sidebar-title">{title}</p>}
        <SidebarList items={group.items} depth={1} />
      </>
    );
  }
  const isCurrent = pagesOf(group.items).some((page) => page.path === pageData.page.path);
  return (
    <details open={isCurrent || group.isExpanded !== false}>
      <summary className="sidebar-title">{title}</summary>
      <SidebarList items={group.items} depth={depth + 1} />
    </details>
  );
}
