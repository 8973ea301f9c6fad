import type { DocsMode } from '../shared/docs-mode.js';
import { passesRule } from '../shared/group-rules.js';
import { visibleOperation } from '../shared/operation-filter.js';
import type { Operation, OperationEntry } from '../shared/operation-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import { canRead } from '../site/page-access.js';
import { accessOf } from '../site/site-reader.js';
import type { Site, SiteReader } from '../site/site-reader.js';

/** The docs of a running emulator. */
export interface OperationDocs {
  mode: DocsMode;
  sites: SiteReader;
}

/**
 * The operation of a page, also of one that the navigation does not list. In private docs, only if the visitor may read
 * the page and see the operation. In public docs, groups protect nothing: they take pages out of the navigation
 * (handshakes.md, section 2).
 *
 * @param visitor absent if anonymous, or known only to the browser.
 * @example
 * await operationFor({ mode, sites }, '/api-reference/list-plants', visitor);
 */
export async function operationFor(
  docs: OperationDocs,
  page: string,
  visitor: Visitor | undefined,
): Promise<Operation | undefined> {
  // Pages of specs are known after the first reading; and a page can make the site read its specs.
  await docs.sites.read();
  const found = await docs.sites.findPage(encodeURI(page));
  const site = await docs.sites.read();
  const shown = found && site.operations.shownBy(found.path, found.page);
  if (docs.mode !== 'authentication') return site.operations.read(page) ?? shown?.read();
  if (!found || !shown || !passesRule(shown.rule, groupsOf(visitor))) return undefined;
  if (!canRead(accessOf(site, found.page), visitor)) return undefined;
  const operation = shown.read();
  return operation && visibleOperation(operation, groupsOf(visitor));
}

/**
 * The operations of all pages that a visitor may see; in public docs, all.
 *
 * @example
 * await entriesFor({ mode, sites }, visitor);
 */
export async function entriesFor(
  { mode, sites }: OperationDocs,
  visitor: Visitor | undefined,
): Promise<OperationEntry[]> {
  const site = await sites.read();
  const entries = [...site.operations.list()];
  if (mode !== 'authentication') return entries;
  const visible = await Promise.all(entries.map((entry) => isVisible(sites, site, entry, visitor)));
  return entries.filter((_, index) => visible[index]);
}

async function isVisible(
  sites: SiteReader,
  site: Site,
  { page, rule }: OperationEntry,
  visitor: Visitor | undefined,
): Promise<boolean> {
  if (!passesRule(rule, groupsOf(visitor))) return false;
  const found = await sites.findPage(encodeURI(page));
  return found !== undefined && canRead(accessOf(site, found.page), visitor);
}

function groupsOf(visitor: Visitor | undefined): readonly string[] | undefined {
  return visitor && (visitor.groups ?? []);
}
