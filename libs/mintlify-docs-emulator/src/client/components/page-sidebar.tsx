import type { NavigationItem } from '../../shared/navigation-types.js';
import { docsHref, pageData } from '../page-data.js';

/** Props of the sidebar. */
export interface PageSidebarProps {
  items: readonly NavigationItem[];
  /** Whether it is open on a narrow screen. On a wide screen it always is. */
  isOpen: boolean;
}

/**
 * The navigation next to the page.
 *
 * @example
 * <PageSidebar items={tab.items} isOpen={false} />
 */
export function PageSidebar({ items, isOpen }: PageSidebarProps) {
  return (
    <nav id="sidebar" className="sidebar" aria-label="Pages" data-open={isOpen}>
      <SidebarList items={items} />
    </nav>
  );
}

function SidebarList({ items }: { items: readonly NavigationItem[] }) {
  return (
    <ul>
      {items.map((item) =>
        item.kind === 'page' ? (
          <li key={item.path}>
            <a
              href={docsHref(item.path)}
              aria-current={item.path === pageData.page.path ? 'page' : undefined}
            >
              {item.title}
            </a>
          </li>
        ) : (
          <li key={item.title} className="sidebar-group">
            <p className="sidebar-title">{item.title}</p>
            <SidebarList items={item.items} />
          </li>
        ),
      )}
    </ul>
  );
}
