import MiniSearch from 'minisearch';
import type { Query, SearchResult as FoundSection } from 'minisearch';
import { isWithin } from './listed-pages.js';
import type { PageScope } from './listed-pages.js';
import { termsOf } from './query-terms.js';
import type { PageSection, PageText } from './page-text-store.js';

/** A page of the docs, as the search knows it. */
export interface SearchPage {
  /** Inside the docs, such as `/quickstart`. */
  path: string;
  title: string;
  description: string;
  breadcrumb: readonly string[];
  /** Of an API operation. */
  operation?: { method: string; path: string; parameters: readonly string[] };
  /** The languages and versions that list it. */
  scopes: readonly PageScope[];
  text: PageText;
}

/** A section that a query finds. */
export interface Hit {
  page: SearchPage;
  section: PageSection;
  /** Whether this is the top of the page. */
  isTop: boolean;
  /** The terms of the docs that the terms of the query stand for. */
  words: ReadonlySet<string>;
}

interface IndexedSection {
  id: number;
  page: string;
  title: string;
  heading: string;
  text: string;
}

interface IndexedPage {
  page: SearchPage;
  ids: number[];
}

const FIELDS = ['title', 'heading', 'page', 'text'];
const BOOST = { title: 6, heading: 4, page: 1, text: 1 };
/** A page with many sections leaves room for others. */
const MAX_SECTIONS_OF_PAGE = 3;
/** How long others wait for an answer, in milliseconds. */
const SLICE_MS = 15;

/**
 * An index of the pages that one set of visitors may see, and of nothing else: neither the order of results nor the time
 * that they take says anything of other pages.
 *
 * @example
 * const index = new SearchIndex();
 * await index.update(pages);
 * index.search(['key'], 10);
 */
export class SearchIndex {
  private readonly pages = new Map<string, IndexedPage>();
  private readonly sections = new Map<number, { page: SearchPage; section: PageSection; isTop: boolean }>();
  private nextId = 0;
  private readonly index = new MiniSearch<IndexedSection>({
    fields: FIELDS,
    tokenize: termsOf,
    processTerm: (word) => word,
    autoVacuum: { batchSize: 1000, batchWait: 10 },
  });

  /** How many sections it has. */
  get size(): number {
    return this.sections.size;
  }

  /** Makes these the pages of the index. Only what changed is read again. */
  async update(pages: readonly SearchPage[]): Promise<void> {
    const paths = new Set(pages.map(({ path }) => path));
    for (const path of this.pages.keys()) if (!paths.has(path)) this.remove(path);
    let startedAt = performance.now();
    for (const page of pages) {
      const known = this.pages.get(page.path);
      if (known && isSame(known.page, page)) continue;
      if (known) this.remove(page.path);
      this.add(page);
      if (performance.now() - startedAt < SLICE_MS) continue;
      // Others are answered meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
      startedAt = performance.now();
    }
  }

  /**
   * Finds the sections that have all words. Without one, those that have any. The last word may be the start of a longer one.
   *
   * @param words as `readQuery` returns them.
   * @param page where the reader is: only pages of its language and version are found. Default: all.
   */
  search(words: readonly string[], limit: number, page?: string): Hit[] {
    if (words.length === 0 || limit <= 0) return [];
    const scope = (page === undefined ? undefined : this.pages.get(page)?.page.scopes[0]) ?? {};
    const all = this.find(words, 'AND', scope);
    return this.pick(all.length > 0 ? all : this.find(words, 'OR', scope), limit);
  }

  private find(words: readonly string[], combineWith: 'AND' | 'OR', scope: PageScope): FoundSection[] {
    const queries = words.map((word, index): Query => {
      const isLast = index === words.length - 1;
      return {
        queries: [word],
        prefix: isLast ? word.length > 1 : word.length > 3,
        fuzzy: word.length > 4 ? 0.2 : false,
        combineWith: 'AND',
      };
    });
    return this.index.search(
      { queries, combineWith },
      {
        boost: BOOST,
        weights: { fuzzy: 0.3, prefix: 0.6 },
        filter: ({ id }) => isWithin(this.sections.get(Number(id))?.page.scopes ?? [], scope),
      },
    );
  }

  private pick(found: readonly FoundSection[], limit: number): Hit[] {
    const hits: Hit[] = [];
    const counts = new Map<string, number>();
    for (const { id, terms } of found) {
      const section = this.sections.get(Number(id));
      if (!section) continue;
      const count = counts.get(section.page.path) ?? 0;
      if (count >= MAX_SECTIONS_OF_PAGE) continue;
      counts.set(section.page.path, count + 1);
      hits.push({ ...section, words: new Set(terms) });
      if (hits.length >= limit) break;
    }
    return hits;
  }

  private add(page: SearchPage): void {
    const ids: number[] = [];
    const [top, ...rest] = page.text.sections;
    for (const section of [top ?? { heading: '', text: '' }, ...rest]) {
      const isTop = ids.length === 0;
      const id = this.nextId;
      this.nextId += 1;
      ids.push(id);
      const shown = isTop ? { ...section, text: topText(page, section.text) } : section;
      this.sections.set(id, { page, section: shown, isTop });
      this.index.add({
        id,
        page: isTop ? '' : page.title,
        title: isTop ? page.title : '',
        heading: isTop ? (page.operation?.path ?? '') : section.heading,
        text: shown.text,
      });
    }
    this.pages.set(page.path, { page, ids });
  }

  private remove(path: string): void {
    for (const id of this.pages.get(path)?.ids ?? []) {
      this.sections.delete(id);
      this.index.discard(id);
    }
    this.pages.delete(path);
  }
}

function topText({ description, operation }: SearchPage, text: string): string {
  const address = operation && `${operation.method} ${operation.path}`;
  const parts = [description, address, text, ...(operation?.parameters ?? [])];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function isSame(one: SearchPage, other: SearchPage): boolean {
  if (one.text !== other.text) return false;
  const { text: _, ...rest } = one;
  const { text: __, ...otherRest } = other;
  return JSON.stringify(rest) === JSON.stringify(otherRest);
}
