import { inOrder } from '../shared/ordered-work.js';
import { listPaths } from '../shared/navigation-filter.js';
import type { DocsMode } from '../shared/docs-mode.js';
import type { Visitor } from '../shared/visitor-types.js';
import { IconLibrary } from '../icons/icon-library.js';
import { describeUnknownIcon } from '../icons/unknown-icon.js';
import { isIconName } from '../mdx/icon-names.js';
import type { BundledPage } from '../mdx/build-types.js';
import { BuildPool } from '../mdx/build-pool.js';
import { PageBundler } from '../mdx/page-bundler.js';
import { PageRenderer } from '../render/page-renderer.js';
import { checkOperations } from '../api/operation-checker.js';
import type { OperationReport, PageVisibility } from './operation-report.js';
import { canRead, navigationFor } from './page-access.js';
import type { NavigationReader, SitePage } from './page-access.js';
import { checkLinks } from './link-checker.js';
import type { LinkedPage } from './link-checker.js';
import { SiteError } from './site-error.js';
import type { SiteFinding } from './site-finding.js';
import { accessOf, frontPath, SiteReader } from './site-reader.js';
import type { Site } from './site-reader.js';
import { findVisitorFaults } from './visitor-faults.js';

/** So that there is always a page to build while another one is shown. */
const AT_ONCE = 8;

/** What the check found out about a page. */
export interface PageReport {
  /** The page's path inside the docs, such as `/quickstart`. */
  path: string;
  file: string;
  /** Whether it is in the navigation for somebody. */
  listed: boolean;
  faults: SiteFinding[];
  warnings: SiteFinding[];
  /** By the name of the visitor. */
  access: Record<string, PageVisibility>;
}

/** What `--check --json` prints. */
export interface SiteReport {
  /** The first page of the navigation, for the first visitor who sees one. */
  firstPage: string | null;
  pages: PageReport[];
  /** The operations that pages show, or should show. */
  operations: OperationReport[];
  /** Of the whole site. */
  faults: SiteFinding[];
  warnings: SiteFinding[];
}

/** What to check. */
export interface SiteCheck {
  directory: string;
  mode: DocsMode;
  visitors: readonly { name: string; visitor?: Visitor }[];
  /** Lists pages as a preview deployment does. */
  preview?: boolean;
  /** `''` (default), or a path such as `/docs`, which a link must not begin with. */
  basePath?: string;
  /** Called after each page. */
  onProgress?: (done: number, total: number) => void;
}

/** The result of a check. */
export interface CheckedSite {
  report: SiteReport;
  /** The warnings about links, images and anchors that lead nowhere. */
  broken: SiteFinding[];
}

/**
 * Compiles every page of a docs folder, follows its links, and finds out who sees it.
 *
 * @example
 * const { report } = await checkSite({ directory: 'docs', mode: 'personalization', visitors: [{ name: 'anonymous' }] });
 */
export async function checkSite({
  directory,
  mode,
  visitors,
  preview,
  basePath = '',
  onProgress,
}: SiteCheck): Promise<CheckedSite> {
  const sites = new SiteReader(directory);
  let site: Site;
  try {
    site = await sites.read();
  } catch (error) {
    const faults = [findingOf(error, 'docs.json')];
    return { report: { firstPage: null, pages: [], operations: [], faults, warnings: [] }, broken: [] };
  }
  const seen = visitors.map(({ name, visitor }) => ({
    name,
    visitor,
    paths: listedPaths(site, { visitor, mode, preview }),
  }));
  const listed = new Set(listPaths(site.navigation));
  const icons = new IconLibrary();
  const report: SiteReport = {
    firstPage: seen.map(({ paths }) => paths.first).find((path) => path !== undefined) ?? null,
    pages: [],
    operations: [],
    faults: [],
    warnings: [
      ...site.warnings,
      ...(await unknownIcons(site.icons, icons)).map((message) => ({ file: site.file, message })),
    ],
  };
  const builders = new BuildPool();
  const bundler = new PageBundler(
    { directory, client: '', cacheBytes: 0, collectsReferences: true, checksIcons: true },
    builders.build,
  );
  const visibilityOf = (path: string, page: SitePage): PageReport['access'] =>
    Object.fromEntries(
      seen.map(({ name, visitor, paths }): [string, PageVisibility] => {
        const isReadable = mode === 'personalization' || canRead(accessOf(site, page), visitor);
        return [name, !isReadable ? 'denied' : paths.all.has(path) ? 'listed' : 'unlisted'];
      }),
    );
  const linked: LinkedPage[] = [];
  const renderer = new VisitorCheck(directory);
  const found = await pagesToCheck(sites, site, [...listed]);
  const check = async ({ path, page }: (typeof found)[number]) => ({
    path,
    page,
    ...(await checkPage(page, bundler, site, icons)),
  });
  for await (const { path, page, faults, warnings, references, bundled } of inOrder(found, AT_ONCE, check)) {
    const showsOperation = page.frontMatter.operation !== undefined;
    linked.push({ path, file: page.file, references, showsOperation });
    const access = visibilityOf(path, page);
    const readers = visitors.filter(({ name }) => access[name] !== 'denied');
    if (bundled) faults.push(...(await renderer.check(page.file, bundled, readers)));
    report.pages.push({
      path,
      file: page.file,
      listed: listed.has(path) && !isForNoOne(page, site),
      faults,
      warnings,
      access,
    });
    onProgress?.(report.pages.length, found.length);
  }
  renderer.close();
  await builders.close();
  if (renderer.problem !== undefined) report.warnings.push({ file: site.file, message: renderer.problem });
  report.operations = await checkOperations(await sites.read(), {
    directory,
    pages: found.filter(({ page }) => page.frontMatter.operation),
    visibilityOf,
    mode,
    visitors,
    bundler,
  });
  const firstPage = report.firstPage ?? undefined;
  const links = await checkLinks({ sites, site, pages: linked, firstPage, basePath });
  for (const page of report.pages) page.warnings.push(...(links.get(page.file) ?? []));
  report.warnings.push(...(links.get(site.file) ?? []));
  return { report, broken: [...links.values()].flat() };
}

/** Shows pages to visitors until that fails. */
class VisitorCheck {
  /** Why pages are not shown. */
  problem?: string;
  private readonly renderer = new PageRenderer();

  constructor(private readonly directory: string) {}

  async check(file: string, bundled: BundledPage, visitors: SiteCheck['visitors']): Promise<SiteFinding[]> {
    if (this.problem !== undefined) return [];
    try {
      return await findVisitorFaults(this.renderer, { directory: this.directory, file, bundled, visitors });
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return [];
    }
  }

  close(): void {
    this.renderer.close();
  }
}

/** Pages in the order of the navigation, then the others. */
async function pagesToCheck(sites: SiteReader, site: Site, listed: readonly string[]) {
  const paths = [...listed, ...(await sites.listPages())];
  const found = new Map<string, { path: string; page: SitePage }>();
  for (const path of paths) {
    const page = (await sites.findPage(encodeURI(path)))?.page;
    if (page && !page.generated && !found.has(page.file)) found.set(page.file, { path, page });
  }
  return [...found.values()];
}

async function checkPage(
  page: SitePage,
  bundler: PageBundler,
  { variables }: Site,
  icons: IconLibrary,
): Promise<Pick<BundledPage, 'faults' | 'warnings' | 'references'> & { bundled?: BundledPage }> {
  const { file, absolutePath, frontMatter } = page;
  const ownIcons = await unknownIcons([frontMatter.icon?.icon ?? ''], icons);
  const warnings = [...(frontMatter.warnings ?? []), ...ownIcons].map((message) => ({
    file,
    line: 1,
    message,
  }));
  try {
    const bundled = await bundler.bundle({ absolutePath, relativePath: file }, variables);
    const { faults, references } = bundled;
    return { faults: [...faults], warnings: [...warnings, ...bundled.warnings], references, bundled };
  } catch (error) {
    // Its ids are not known.
    const references = [{ file, references: [], ids: [], hasOtherIds: true }];
    return { faults: [findingOf(error, file)], warnings, references };
  }
}

async function unknownIcons(names: readonly string[], icons: IconLibrary): Promise<string[]> {
  const messages: string[] = [];
  for (const name of names.filter(isIconName)) {
    if (!(await icons.has(name))) messages.push(describeUnknownIcon(name));
  }
  return messages;
}

function listedPaths(site: Site, reader: NavigationReader) {
  const visible = navigationFor(site.navigation, reader);
  const readable = reader.mode === 'authentication' ? { ...reader, preview: false } : reader;
  return { first: frontPath(navigationFor(site.navigation, readable)), all: new Set(listPaths(visible)) };
}

function isForNoOne({ frontMatter, file }: SitePage, site: Site): boolean {
  const places = site.places.get(file) ?? [];
  const rules = [frontMatter.rule, ...places.flatMap((place) => place.rules)];
  return rules.some((rule) => rule?.includes?.length === 0);
}

function findingOf(error: unknown, file: string): SiteFinding {
  if (error instanceof SiteError) {
    const { file: place, line } = error.location;
    return { message: error.reason, file: place, ...(line !== undefined && { line }) };
  }
  return { message: error instanceof Error ? error.message : String(error), file };
}
