import type { DocsMode } from '../shared/docs-mode.js';
import type { SearchResult } from '../shared/search-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { Site, SiteReader } from '../site/site-reader.js';
import { excerptOf, markHits } from './excerpt.js';
import { PageTextStore } from './page-text-store.js';
import { SearchIndex } from './search-index.js';
import type { Hit, SearchPage } from './search-index.js';
import { readQuery } from './query-terms.js';
import { VisiblePages } from './visible-pages.js';
import type { VisiblePage } from './visible-pages.js';

/** What the search needs. */
export interface DocsSearchOptions {
  sites: SiteReader;
  mode: DocsMode;
  /** Of a preview deployment of public docs: groups take nothing out. */
  preview?: boolean;
}

/** A section of a page that a query finds. */
export interface Passage {
  /** Inside the docs, without a slash at its start, and with the id of the heading: `quickstart#setup`. */
  path: string;
  /** Of the page. */
  title: string;
  /** The heading, or the title of the page if it is the page itself. */
  heading: string;
  text: string;
}

interface KnownIndex {
  index: SearchIndex;
  /** The update that runs, or that ran last. */
  updated: Promise<void>;
  /** The state of the docs folder that it is of. */
  site?: Site | undefined;
  checkedAtMs: number;
}

/** The most results of one search. */
export const MAX_RESULTS = 50;
const DEFAULT_RESULTS = 10;
const MAX_INDEXES = 20;
/** Of all indexes together: some 100 MB. */
const MAX_SECTIONS = 40_000;
/** How soon an edit of a snippet counts. */
const RECHECK_MS = 900;
const PAGES_AT_ONCE = 5;

/**
 * Searches the docs as a visitor sees them: the pages that {@link VisiblePages} has for the visitor. There is one index for
 * each set of pages, made at its first search; visitors who see the same pages share it.
 *
 * @example
 * const search = new DocsSearch({ sites, mode: 'authentication' });
 * const [first] = await search.search('rotate key', { groups: ['admin'] }, 10);
 */
export class DocsSearch {
  private readonly texts: PageTextStore;
  private readonly visible: VisiblePages;
  private readonly indexes = new Map<string, KnownIndex>();

  /** @param nowMs a monotonic clock. */
  constructor(
    private readonly options: DocsSearchOptions,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.texts = new PageTextStore(options.sites.directory);
    this.visible = new VisiblePages({ ...options, preview: options.preview ?? false });
  }

  /**
   * Finds what a query means.
   *
   * @param query what the visitor typed; not trusted.
   * @param visitor absent if anonymous.
   * @param limit of results, at most {@link MAX_RESULTS}.
   * @param page where the reader is, as a path inside the docs: results are of its language and version.
   * @returns the best results first. Empty for a query without letters or digits.
   * @throws SiteError when docs.json cannot be read.
   */
  async search(
    query: string,
    visitor: Visitor | undefined,
    limit: number = DEFAULT_RESULTS,
    page?: string,
  ): Promise<SearchResult[]> {
    const words = readQuery(query);
    if (words.length === 0) return [];
    const index = await this.indexFor(visitor);
    return index.search(words, Math.min(limit, MAX_RESULTS), page).map(describe);
  }

  /**
   * Like {@link search}, with the whole text of each section: for the discovery API.
   *
   * @throws SiteError when docs.json cannot be read.
   */
  async findPassages(query: string, visitor: Visitor | undefined, limit: number): Promise<Passage[]> {
    const words = readQuery(query);
    if (words.length === 0) return [];
    const index = await this.indexFor(visitor);
    return index.search(words, Math.min(limit, MAX_RESULTS)).map((hit) => ({
      path: pathOf(hit).replace(/^\//, ''),
      title: hit.page.title,
      heading: hit.isTop ? hit.page.title : hit.section.heading,
      text: hit.section.text.trim(),
    }));
  }

  /**
   * A page that the visitor may find.
   *
   * @param path inside the docs, such as `/quickstart`.
   */
  async findPage(path: string, visitor: Visitor | undefined): Promise<VisiblePage | undefined> {
    const { pages } = await this.visible.of(await this.options.sites.read(), visitor);
    return pages.find((page) => page.path === path);
  }

  /** Makes the index of a visitor, so that the first search need not wait for it. */
  async prepare(visitor: Visitor | undefined): Promise<void> {
    await this.indexFor(visitor);
  }

  /** How many indexes it keeps now. */
  get indexCount(): number {
    return this.indexes.size;
  }

  /** Looks at all files again at the next search. */
  expire(): void {
    for (const known of this.indexes.values()) known.checkedAtMs = Number.NEGATIVE_INFINITY;
  }

  private async indexFor(visitor: Visitor | undefined): Promise<SearchIndex> {
    const site = await this.options.sites.read();
    const { pages, key } = await this.visible.of(site, visitor);
    const known = this.indexes.get(key) ?? newIndex();
    // The one that is used last comes last.
    this.indexes.delete(key);
    this.indexes.set(key, known);
    if (known.site !== site || (await this.haveImportsChanged(known))) this.startUpdate(known, site, pages);
    await known.updated;
    this.makeRoom();
    return known.index;
  }

  private async haveImportsChanged(known: KnownIndex): Promise<boolean> {
    if (this.nowMs() - known.checkedAtMs < RECHECK_MS) return false;
    known.checkedAtMs = this.nowMs();
    return !(await this.texts.areImportsCurrent());
  }

  private startUpdate(known: KnownIndex, site: Site, pages: readonly VisiblePage[]): void {
    known.site = site;
    known.checkedAtMs = this.nowMs();
    // One update at a time. After one that fails, the next search tries again.
    known.updated = known.updated
      .catch(() => undefined)
      .then(() => this.update(known.index, site, pages))
      .catch((error: unknown) => {
        known.site = undefined;
        throw error;
      });
  }

  private async update(index: SearchIndex, site: Site, pages: readonly VisiblePage[]): Promise<void> {
    const found: SearchPage[] = [];
    for (let start = 0; start < pages.length; start += PAGES_AT_ONCE) {
      const batch = pages.slice(start, start + PAGES_AT_ONCE);
      const texts = await Promise.all(batch.map((page) => this.texts.read(page, site.variables)));
      for (const [at, { file: _, absolutePath: __, ...page }] of batch.entries()) {
        found.push({ ...page, text: texts[at] ?? { sections: [] } });
      }
    }
    await index.update(found);
    this.texts.keep(new Set(site.places.keys()));
  }

  /** The indexes that were not used for the longest time make room. The one in use stays. */
  private makeRoom(): void {
    let sections = [...this.indexes.values()].reduce((sum, { index }) => sum + index.size, 0);
    for (const [key, { index }] of this.indexes) {
      const isFull = this.indexes.size > MAX_INDEXES || sections > MAX_SECTIONS;
      if (!isFull || this.indexes.size === 1) return;
      this.indexes.delete(key);
      sections -= index.size;
    }
  }
}

function newIndex(): KnownIndex {
  return { index: new SearchIndex(), updated: Promise.resolve(), checkedAtMs: Number.NEGATIVE_INFINITY };
}

function pathOf({ page, section, isTop }: Hit): string {
  return section.id === undefined || isTop ? page.path : `${page.path}#${encodeURIComponent(section.id)}`;
}

function describe(hit: Hit): SearchResult {
  const { page, section, isTop, words } = hit;
  const { breadcrumb, operation, title } = page;
  return {
    path: pathOf(hit),
    page: title,
    title: markHits(isTop ? title : section.heading, words),
    breadcrumb: [...breadcrumb],
    excerpt: excerptOf(section.text, words),
    ...(operation && isTop && { method: operation.method }),
  };
}
