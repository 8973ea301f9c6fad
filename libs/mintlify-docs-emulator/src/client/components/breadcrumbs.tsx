import type { NavigationTrail } from '../../shared/navigation-filter.js';
import type { NavigationItem } from '../../shared/navigation-types.js';

/** Props of the breadcrumbs. */
export interface BreadcrumbsProps {
  trail: NavigationTrail;
  /** The page's path inside the docs. */
  path: string;
}

/**
 * What is around the page in the navigation: the divisions that are open, and the groups. A page outside the navigation has
 * none.
 *
 * @example
 * <Breadcrumbs trail={trail} path="/quickstart" />
 */
export function Breadcrumbs({ trail, path }: BreadcrumbsProps) {
  const groups = groupsAround(trail.items, path);
  if (!groups) return null;
  const titles = [...trail.open.map(({ title }) => title), ...groups].filter((title) => title !== '');
  if (titles.length === 0) return null;
  return (
    <nav className="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        {titles.map((title, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two may have the same title.
          <li key={index}>{title}</li>
        ))}
      </ol>
    </nav>
  );
}

function groupsAround(items: readonly NavigationItem[], path: string): string[] | undefined {
  for (const item of items) {
    if (item.kind === 'page' && item.path === path) return [];
    const inside = item.kind === 'group' ? groupsAround(item.items, path) : undefined;
    if (item.kind === 'group' && inside) return [item.title, ...inside];
  }
  return undefined;
}
