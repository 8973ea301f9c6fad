import { createHash } from 'node:crypto';
import type { DocsMode } from '../shared/docs-mode.js';
import { passesRule } from '../shared/group-rules.js';
import type { OperationEntry } from '../shared/operation-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import { canRead, navigationFor } from '../site/page-access.js';
import type { SitePage } from '../site/page-access.js';
import { accessOf } from '../site/site-reader.js';
import type { Site, SiteReader } from '../site/site-reader.js';
import { listedPages } from './listed-pages.js';
import type { SearchPage } from './search-index.js';
import { parameterTexts } from './searchable-parameters.js';

/** A page that a visitor may find, without its text. */
export type VisiblePage = Omit<SearchPage, 'text'> & {
  /** Inside the docs folder. */
  file: string;
  absolutePath: string;
};

/** The pages that a visitor may find. */
export interface VisibleSet {
  pages: readonly VisiblePage[];
  /** The same for visitors who may find the same pages. */
  key: string;
}

/** What decides what visitors find. */
export interface VisibleSettings {
  sites: SiteReader;
  mode: DocsMode;
  preview: boolean;
}

interface KnownSite {
  /** By the visitor's groups. */
  sets: Map<string, Promise<VisibleSet>>;
  pages: Map<string, Promise<SitePage | undefined>>;
  operations: ReadonlyMap<string, OperationEntry>;
}

const MAX_SETS = 100;

/**
 * Finds out which pages a visitor may find: those that the navigation lists for the visitor, and that the visitor may
 * read in private docs. It is kept until the docs folder changes.
 *
 * @example
 * const { pages } = await new VisiblePages({ sites, mode, preview: false }).of(site, visitor);
 */
export class VisiblePages {
  private readonly known = new WeakMap<Site, KnownSite>();

  constructor(private readonly settings: VisibleSettings) {}

  /** @param visitor absent if anonymous. */
  of(site: Site, visitor: Visitor | undefined): Promise<VisibleSet> {
    const { sets } = this.knowledgeOf(site);
    const groups = JSON.stringify(visitor ? (visitor.groups ?? []).toSorted() : null);
    const known = sets.get(groups) ?? this.list(site, visitor);
    if (sets.size >= MAX_SETS) sets.clear();
    sets.set(groups, known);
    return known;
  }

  private async list(site: Site, visitor: Visitor | undefined): Promise<VisibleSet> {
    const { mode, preview } = this.settings;
    // In private docs, a preview lists what the visitor may not read.
    const isOpen = preview && mode === 'personalization';
    const navigation = navigationFor(site.navigation, { visitor, mode, preview: isOpen });
    const { operations } = this.knowledgeOf(site);
    const found = await Promise.all(
      listedPages(navigation).map(async (listed): Promise<VisiblePage[]> => {
        const page = await this.find(site, listed.path);
        if (!page || (mode === 'authentication' && !canRead(accessOf(site, page), visitor))) return [];
        const { title = listed.title, description = '' } = page.frontMatter;
        const entry = operations.get(listed.path);
        const isSeen = entry && (isOpen || passesRule(entry.rule, visitor && (visitor.groups ?? [])));
        const operation = isSeen ? this.describe(site, entry) : undefined;
        const { file, absolutePath } = page;
        return [{ ...listed, file, absolutePath, title, description, ...(operation && { operation }) }];
      }),
    );
    const pages = found.flat();
    return { pages, key: createHash('sha256').update(JSON.stringify(pages)).digest('base64url') };
  }

  private describe({ operations }: Site, { page, method, path }: OperationEntry): SearchPage['operation'] {
    const source = operations.sourceOf(page)?.found.source;
    return { method, path, parameters: source ? parameterTexts(source) : [] };
  }

  private async find(site: Site, path: string): Promise<SitePage | undefined> {
    const listed = site.findListed(path);
    if (listed) return listed;
    // A page that is made of an operation.
    const { pages } = this.knowledgeOf(site);
    const known =
      pages.get(path) ?? this.settings.sites.findPage(encodePath(path)).then((found) => found?.page);
    pages.set(path, known);
    return known;
  }

  private knowledgeOf(site: Site): KnownSite {
    const known = this.known.get(site) ?? {
      sets: new Map<string, Promise<VisibleSet>>(),
      pages: new Map<string, Promise<SitePage | undefined>>(),
      operations: new Map(site.operations.list().map((entry) => [entry.page, entry])),
    };
    this.known.set(site, known);
    return known;
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
