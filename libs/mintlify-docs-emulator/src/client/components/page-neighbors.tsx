import type { NavigationPage } from '../../shared/navigation-types.js';
import { pageHref } from '../page-data.js';

/** Props of the links at the bottom of a page. */
export interface PageNeighborsProps {
  previous?: NavigationPage;
  next?: NavigationPage;
}

/**
 * Links to the previous and next page in the navigation that the visitor sees.
 *
 * @example
 * <PageNeighbors next={quickstart} />
 */
export function PageNeighbors({ previous, next }: PageNeighborsProps) {
  if (!previous && !next) return null;
  return (
    <nav className="neighbors" aria-label="Previous and next page">
      {previous && (
        <a rel="prev" href={pageHref(previous.path)}>
          <span>Previous</span>
          {previous.title}
        </a>
      )}
      {next && (
        <a rel="next" href={pageHref(next.path)}>
          <span>Next</span>
          {next.title}
        </a>
      )}
    </nav>
  );
}
