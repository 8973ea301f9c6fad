import type { GroupRule } from '../shared/group-rules.js';
import type { Operation, OperationEntry } from '../shared/operation-types.js';
import type { SitePage } from '../site/page-access.js';
import { ruleOf } from './spec-operations.js';
import type { FoundOperation, OperationFinder } from './operation-finder.js';
import { markOf } from './operation-mark.js';
import type { OperationMark } from './operation-mark.js';

/** An operation of the catalog, which is read from its spec on need. */
export interface CatalogedOperation {
  entry: OperationEntry;
  found: FoundOperation;
}

/** The operation of a page, with who may see it. */
export interface ShownOperation {
  found: FoundOperation;
  /** From `x-mint.groups`. Absent: everyone who may read the page. */
  rule?: GroupRule;
  /** The operation with everything in it; `undefined` if there is a problem. */
  read(): Operation | undefined;
}

const MAX_KEPT = 50;

/**
 * The operations that the pages of a docs folder show.
 *
 * @example
 * const operation = site.operations.shownBy('/api-reference/list-plants', page)?.read();
 */
export class OperationCatalog {
  private readonly byPage = new Map<string, CatalogedOperation>();
  private readonly byShortPath = new Map<string, string>();
  private readonly kept = new Map<string, Operation>();
  private readonly pages: ReadonlyMap<string, SitePage>;
  private readonly finder?: OperationFinder;

  /**
   * @param operations each with its page; of several for one page, the last one is shown, as in Mintlify.
   * @param options the pages that are made from operations alone, by their path.
   */
  constructor(
    private readonly operations: readonly CatalogedOperation[] = [],
    { pages = new Map(), finder }: { pages?: ReadonlyMap<string, SitePage>; finder?: OperationFinder } = {},
  ) {
    this.pages = pages;
    if (finder) this.finder = finder;
    for (const operation of operations) this.byPage.set(operation.entry.page, operation);
    for (const path of pages.keys()) this.byShortPath.set(shorten(path), path);
  }

  /** The operations with a page, in the order of the navigation. */
  list(): readonly OperationEntry[] {
    return this.operations.filter(({ found }) => found.read).map(({ entry }) => entry);
  }

  /** All of them, also those that cannot be shown. */
  all(): readonly CatalogedOperation[] {
    return this.operations;
  }

  /** The operation of a page with everything in it: for public docs, whose visitor only the browser knows. */
  read(page: string): Operation | undefined {
    const kept = this.kept.get(page);
    if (kept) return kept;
    const operation = this.byPage.get(page)?.found.read?.();
    if (!operation) return undefined;
    for (const oldest of this.kept.keys()) if (this.kept.size >= MAX_KEPT) this.kept.delete(oldest);
    this.kept.set(page, operation);
    return operation;
  }

  /** What stands behind a page: an operation, or why there is none. */
  sourceOf(page: string): CatalogedOperation | undefined {
    return this.byPage.get(page);
  }

  /** What a page shows of its operation in its head. */
  describe(path: string, page: SitePage): OperationMark | undefined {
    const found = this.byPage.get(path)?.found ?? (page.generated ? undefined : this.findUnlisted(page));
    // A page can be for more visitors than the operation that it names.
    return !page.generated && found?.source && ruleOf(found.source) ? undefined : markOf(found);
  }

  /** The operation of a page of the docs folder that the navigation does not list. */
  findUnlisted(page: SitePage): FoundOperation | undefined {
    return this.finder?.find(page);
  }

  /**
   * What a page shows, also if the navigation does not list it, and who may see that.
   *
   * @param path of the page inside the docs.
   * @returns `undefined` if the page shows no operation.
   */
  shownBy(path: string, page: SitePage): ShownOperation | undefined {
    const listed = this.byPage.get(path);
    const found = listed?.found ?? (page.generated ? undefined : this.findUnlisted(page));
    if (!found) return undefined;
    const rule = listed ? listed.entry.rule : found.source && ruleOf(found.source);
    return {
      found,
      ...(rule && { rule }),
      read: () => (listed ? this.read(path) : found.read?.()),
    };
  }

  /** A page that is made from an operation alone, by its path or by what a browser leaves of it. */
  page(path: string): { path: string; page: SitePage } | undefined {
    const found = this.pages.has(path) ? path : this.byShortPath.get(path);
    const page = found === undefined ? undefined : this.pages.get(found);
    return found !== undefined && page ? { path: found, page } : undefined;
  }
}

/** A summary such as "What is new?" makes a path with a `?`, where a query would begin. */
function shorten(path: string): string {
  return path.replace(/[?#].*$/s, '');
}
