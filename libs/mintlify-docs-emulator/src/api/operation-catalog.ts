import type { Operation, OperationEntry } from '../shared/operation-types.js';
import { visibleOperation } from '../shared/operation-filter.js';

/** An operation of the catalog, which is read from its spec on need. */
export interface CatalogedOperation {
  entry: OperationEntry;
  /** Reads all of it, also what only some groups see. */
  read(): Operation;
}

/**
 * The operations that the pages of a docs folder show.
 *
 * @example
 * const operation = site.operations.find('/api-reference/list-plants', ['admin']);
 */
export class OperationCatalog {
  private readonly operations: ReadonlyMap<string, CatalogedOperation>;

  /** @param operations each with its page; of several for one page, the first one counts. */
  constructor(operations: readonly CatalogedOperation[] = []) {
    const byPage = new Map<string, CatalogedOperation>();
    for (const operation of operations) {
      if (!byPage.has(operation.entry.page)) byPage.set(operation.entry.page, operation);
    }
    this.operations = byPage;
  }

  /** All operations with a page, in the order of the navigation; then those of pages that are not in it. */
  list(): readonly OperationEntry[] {
    return Array.from(this.operations.values(), ({ entry }) => entry);
  }

  /**
   * The operation of a page, without the properties, variants and values that a visitor may not see. It does not ask
   * whether the visitor may see the page.
   *
   * @param page path of the page inside the docs, such as `/api-reference/list-plants`.
   * @param visitorGroups the visitor's groups; `undefined` for an anonymous visitor.
   */
  find(page: string, visitorGroups: readonly string[] | undefined): Operation | undefined {
    const operation = this.read(page);
    return operation && visibleOperation(operation, visitorGroups);
  }

  /** The operation of a page with everything in it: for public docs, whose visitor only the browser knows. */
  read(page: string): Operation | undefined {
    return this.operations.get(page)?.read();
  }
}
