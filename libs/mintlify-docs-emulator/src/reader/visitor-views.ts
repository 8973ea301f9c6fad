import { readFile } from 'node:fs/promises';
import { PageBundler } from '../mdx/page-bundler.js';
import { PageRenderer } from '../render/page-renderer.js';
import type { RenderedView, UserPlaceText } from '../render/render-protocol.js';
import type { DocsMode } from '../shared/docs-mode.js';
import { passesRule } from '../shared/group-rules.js';
import { listPaths } from '../shared/navigation-filter.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { PageVisibility } from '../site/operation-report.js';
import { canRead, navigationFor } from '../site/page-access.js';
import type { SitePage } from '../site/page-access.js';
import { SiteError } from '../site/site-error.js';
import { accessOf, SiteReader } from '../site/site-reader.js';
import type { Site } from '../site/site-reader.js';
import { toCommonJs } from '../site/visitor-faults.js';
import { listParts } from './docs-folder.js';
import { readPageSyntax } from './page-syntax.js';

/** A visitor to look at docs as. */
export interface DocsVisitor {
  name: string;
  /** Absent: no one is logged in. */
  visitor?: Visitor;
  /** Public docs (default) or private ones. */
  mode?: DocsMode;
}

/** What one visitor has of a page. */
export interface PageView {
  access: PageVisibility;
  /** The text of each `{…}` that reads `user`, in the order of the page. Absent if the page has none. */
  places?: UserPlaceText[];
  /** Why the page breaks for this visitor. */
  fault?: string;
}

/** A page, and what each visitor has of it. */
export interface ViewedPage {
  /** The page's path inside the docs, such as `/quickstart`. */
  path: string;
  /** Path inside the docs folder. Absent for a page that is made from an OpenAPI file. */
  file?: string;
  /** By the names of the visitors. */
  views: Record<string, PageView>;
}

/** A page as one visitor sees it. */
export interface ShownPage extends PageView {
  path: string;
  title: string;
  /** What the visitor reads, a line for each block: title, description, page. Empty if the visitor may not read it. */
  text: string;
}

/**
 * Finds out what visitors see of a docs folder, by the rules of the emulator: which pages the sidebar lists, which they
 * may read, and what `{user.…}` shows. Pages that read `user` run as in `--check`, in a process without rights.
 *
 * @throws SiteError if docs.json is missing or not a JSON object.
 * @example
 * const pages = await readVisitorViews('docs', [{ name: 'viewer', visitor: { groups: ['viewer'] } }]);
 * pages[0]?.views.viewer?.access; // 'listed'
 */
export async function readVisitorViews(
  directory: string,
  visitors: readonly DocsVisitor[],
): Promise<ViewedPage[]> {
  using reader = new ViewReader(directory);
  const found = await reader.allPages();
  // After the pages: one that the navigation does not list can make the site read its specs.
  const site = await reader.sites.read();
  const lists = new Map(visitors.map((each) => [each, listedFor(site, each)]));
  const partsReadUser = (await listParts(directory)).some(({ text }) => mentionsUser(text));
  const pages: ViewedPage[] = [];
  for (const { path, page } of found) {
    const views = new Map(
      visitors.map((each): [DocsVisitor, PageView] => {
        const isListed = lists.get(each)?.has(path) === true;
        return [each, { access: accessFor(site, path, page, each, isListed) }];
      }),
    );
    if (!page.generated && (await mayReadUser(page, partsReadUser))) {
      const readers = visitors.filter((each) => views.get(each)?.access !== 'denied');
      const rendered = await reader.renderOrExplain(site, page, readers);
      for (const [index, each] of readers.entries())
        Object.assign(views.get(each) ?? {}, viewOf(rendered[index]));
    }
    pages.push({
      path,
      ...(!page.generated && { file: page.file }),
      views: Object.fromEntries(Array.from(views, ([{ name }, view]) => [name, view])),
    });
  }
  return pages;
}

/**
 * Shows a page to one visitor, without a browser and without a server.
 *
 * @param path the page's path inside the docs, such as `/quickstart`.
 * @returns `undefined` if the docs have no such page.
 * @throws SiteError if docs.json is missing, or the page does not compile.
 * @example
 * const page = await showPage('docs', '/quickstart', { name: 'Ada', visitor: { content: { firstName: 'Ada' } } });
 * page?.text; // 'Quickstart\nHello Ada'
 */
export async function showPage(
  directory: string,
  path: string,
  visitor: DocsVisitor,
): Promise<ShownPage | undefined> {
  using reader = new ViewReader(directory);
  await reader.sites.read();
  const found = await reader.sites.findPage(encodeURI(path));
  if (!found) return undefined;
  const site = await reader.sites.read();
  const { page } = found;
  const access = accessFor(site, found.path, page, visitor, listedFor(site, visitor).has(found.path));
  const { title = found.path, description = '' } = page.frontMatter;
  if (access === 'denied') return { path: found.path, title, access, text: '' };
  const [rendered] = page.generated ? [] : await reader.render(site, page, [visitor]);
  const text = [title, description, rendered?.text ?? ''].filter(Boolean).join('\n');
  return { path: found.path, title, access, text, ...viewOf(rendered) };
}

/** What pages are found, built and rendered with. */
class ViewReader {
  readonly sites: SiteReader;
  private readonly bundler: PageBundler;
  private readonly renderer = new PageRenderer();

  constructor(directory: string) {
    this.sites = new SiteReader(directory);
    this.bundler = new PageBundler({ directory, client: '', cacheBytes: 0, marksUserPlaces: true });
  }

  /** In the order of the navigation, then the others. */
  async allPages(): Promise<{ path: string; page: SitePage }[]> {
    const site = await this.sites.read();
    const paths = [...listPaths(site.navigation), ...(await this.sites.listPages())];
    const found = new Map<string, { path: string; page: SitePage }>();
    for (const path of paths) {
      const page = (await this.sites.findPage(encodeURI(path)))?.page;
      const key = page?.generated ? path : page?.file;
      if (page && key !== undefined && !found.has(key)) found.set(key, { path, page });
    }
    return [...found.values()];
  }

  /** A page that does not compile breaks for everyone. */
  async renderOrExplain(
    site: Site,
    page: SitePage,
    visitors: readonly DocsVisitor[],
  ): Promise<RenderedView[]> {
    return this.render(site, page, visitors).catch((error: unknown) => {
      if (!(error instanceof SiteError)) throw error;
      return visitors.map(() => ({ reason: error.reason }));
    });
  }

  async render(site: Site, page: SitePage, visitors: readonly DocsVisitor[]): Promise<RenderedView[]> {
    if (visitors.length === 0) return [];
    const file = { absolutePath: page.absolutePath, relativePath: page.file };
    const code = await toCommonJs((await this.bundler.bundle(file, site.variables)).code);
    if (code === undefined) return [];
    return this.renderer.show({ code, contents: visitors.map(({ visitor }) => visitor?.content ?? {}) });
  }

  [Symbol.dispose](): void {
    this.renderer.close();
  }
}

function listedFor(site: Site, { visitor, mode = 'personalization' }: DocsVisitor): ReadonlySet<string> {
  return new Set(listPaths(navigationFor(site.navigation, { visitor, mode })));
}

function accessFor(
  site: Site,
  path: string,
  page: SitePage,
  { visitor, mode = 'personalization' }: DocsVisitor,
  isListed: boolean,
): PageVisibility {
  if (mode === 'authentication') {
    // A page can be for more visitors than the operation that it names.
    const rule = site.operations.shownBy(path, page)?.rule;
    const isOpen = canRead(accessOf(site, page), visitor);
    if (!isOpen || !passesRule(rule, visitor && (visitor.groups ?? []))) return 'denied';
  }
  return isListed ? 'listed' : 'unlisted';
}

/** Only these pages need to be compiled and rendered. */
async function mayReadUser({ absolutePath, file }: SitePage, partsReadUser: boolean): Promise<boolean> {
  const text = await readFile(absolutePath, 'utf8').catch(() => '');
  if (partsReadUser && /^\s*import\b|<Snippet\b/m.test(text)) return true;
  if (!mentionsUser(text)) return false;
  const { userReads, problem } = await readPageSyntax(text, file);
  return userReads.length > 0 || problem !== undefined;
}

function mentionsUser(text: string): boolean {
  return /(?<![.\w])user\s*(?:\?\.|\.|\[)|[={(]\s*(?:\.\.\.)?user\b/.test(text);
}

function viewOf(view: RenderedView | undefined): Omit<PageView, 'access'> {
  if (view === undefined) return {};
  const { reason, places = [] } = view;
  if (reason !== null) return { fault: reason };
  const unique = new Map(places.map((place) => [JSON.stringify(place), place]));
  return unique.size > 0 ? { places: [...unique.values()] } : {};
}
