import type { NavigationSection } from '../shared/navigation-types.js';

/**
 * Loads the navigation of the site. The browser keeps it for the next pages. If it cannot be loaded, the page is shown
 * without it.
 *
 * @param path a path on this origin.
 * @example
 * const navigation = await loadNavigation(pageData.navigationPath);
 */
export async function loadNavigation(path: string): Promise<NavigationSection> {
  try {
    const answer = await fetch(path);
    if (answer.ok) return (await answer.json()) as NavigationSection;
  } catch {
    // The page is still worth reading.
  }
  return { items: [], lists: [] };
}
