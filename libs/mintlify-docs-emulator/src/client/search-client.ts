import type { SearchAnswer, SearchResult } from '../shared/search-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import { pageData } from './page-data.js';

/**
 * Asks the emulator what a query finds. An empty query finds nothing, and lets the emulator prepare the search. In public
 * docs only the browser knows the visitor, so it says the groups. Results are of the language and version of this page.
 *
 * @param signal ends a search whose results are of no more use.
 * @throws Error if the search cannot be reached, or answers with an error.
 * @example
 * const results = await searchDocs('rotate key', visitor, signal);
 */
export async function searchDocs(
  query: string,
  visitor: Visitor | undefined,
  signal: AbortSignal,
): Promise<SearchResult[]> {
  const parameters = new URLSearchParams({ query, page: pageData.page.path });
  if (pageData.mode === 'personalization' && !pageData.visitors && visitor) {
    parameters.set('groups', JSON.stringify(visitor.groups ?? []));
  }
  const answer = await fetch(`${pageData.searchPath}?${parameters}`, { signal });
  if (!answer.ok) throw new Error(`The search answered ${answer.status}.`);
  const { results } = (await answer.json()) as SearchAnswer;
  return results;
}

/** Lets the emulator prepare the search, for a visitor who is about to use it. @example prepareSearch(visitor); */
export function prepareSearch(visitor: Visitor | undefined): void {
  // Whatever goes wrong, the search itself says it.
  searchDocs('', visitor, AbortSignal.timeout(30_000)).catch(() => undefined);
}
