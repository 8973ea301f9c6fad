import type { BundledPage } from '../mdx/build-types.js';
import type { PageReference } from '../mdx/page-references.js';
import { listPages } from '../shared/navigation-filter.js';
import type { NavigationItem, NavigationSection } from '../shared/navigation-types.js';
import { parseUrl } from '../shared/url-parser.js';
import { ConfigLines, operationFolders } from './config-places.js';
import { locateFile, splitUrlPath } from './file-locator.js';
import { findRedirect } from './redirects.js';
import type { SiteFinding } from './site-finding.js';
import type { Site, SiteReader } from './site-reader.js';

/** A page, with what it refers to. */
export interface LinkedPage {
  /** Its path inside the docs, such as `/quickstart`. */
  path: string;
  /** Path inside the docs folder. */
  file: string;
  references: BundledPage['references'];
  /** Then it has ids of the operation's fields, too. */
  showsOperation: boolean;
}

/** What {@link checkLinks} needs. */
export interface LinkCheck {
  sites: SiteReader;
  site: Site;
  pages: readonly LinkedPage[];
  /** The page that `/` shows. */
  firstPage: string | undefined;
  /** `''`, or a path such as `/docs`. */
  basePath: string;
}

/** Where a path leads. */
type Destination = { kind: 'page'; file: string } | { kind: 'other' };

const ORIGIN = 'http://docs.invalid';
const MAX_REDIRECTS = 10;
/** What Mintlify makes itself. */
const GENERATED =
  /^\/(?:llms(?:-full)?\.txt|sitemap\.xml|robots\.txt|rss\.xml|mcp|skill\.md|\.well-known\/.*|_mintlify\/.*)$/;

/**
 * Finds the links, images and anchors that lead nowhere: of the pages, and of docs.json.
 *
 * @returns findings by the file of the page, and those of docs.json under its own name.
 * @example
 * const broken = await checkLinks({ sites, site, pages, firstPage: '/introduction', basePath: '' });
 */
export async function checkLinks(check: LinkCheck): Promise<Map<string, SiteFinding[]>> {
  const checker = new LinkChecker(check);
  const broken = new Map<string, SiteFinding[]>();
  for (const page of check.pages) broken.set(page.file, await checker.checkPage(page));
  broken.set(check.site.file, await checker.checkConfig());
  return broken;
}

class LinkChecker {
  private readonly ids = new Map<string, ReadonlySet<string> | undefined>();
  private readonly known = new Map<string, Promise<Destination | undefined>>();
  private readonly generated: readonly string[];

  constructor(private readonly check: LinkCheck) {
    for (const { file, references, showsOperation } of check.pages)
      this.ids.set(file, showsOperation ? undefined : idsOf(references));
    // Which pages a spec makes is not known while it cannot be read.
    const isComplete = check.site.operations.all().every(({ found }) => !found.problem);
    this.generated = isComplete ? [] : operationFolders(check.site.settings.navigation);
  }

  async checkPage(page: LinkedPage): Promise<SiteFinding[]> {
    const found: SiteFinding[] = [];
    const parts = page.references.flatMap(({ file, references }) =>
      references.map((reference) => ({ file, reference })),
    );
    for (const { file, reference } of parts) {
      const message = await this.problemOf(reference, page);
      if (message === undefined) continue;
      found.push({ message, file, ...(reference.line !== undefined && { line: reference.line }) });
    }
    return found;
  }

  async checkConfig(): Promise<SiteFinding[]> {
    const { site, sites } = this.check;
    const lines = await ConfigLines.read(sites.directory, site.files);
    const found: SiteFinding[] = [];
    const add = (message: string, ...texts: string[]): void => {
      found.push({ message, file: site.file, ...lines.find(...texts) });
    };
    for (const { path } of listPages(site.navigation).filter(({ isMissing }) => isMissing)) {
      const name = path.slice(1);
      add(
        `the navigation lists ${path}, but the folder has no such page.`,
        name,
        path,
        `${name}.mdx`,
        `${path}.mdx`,
      );
    }
    const root = { path: '/', file: '', references: [], showsOperation: false };
    for (const target of [...hrefsOf(site.navigation), ...site.navbarLinks.map(({ href }) => href)]) {
      const message = target.startsWith('/')
        ? await this.problemOf({ kind: 'link', target }, root)
        : undefined;
      if (message !== undefined) add(message, target);
    }
    for (const { source, destination } of site.redirects) {
      if (!destination.startsWith('/') || /[*:]/.test(destination)) continue;
      const { pathname = '/' } = parseUrl(destination, ORIGIN) ?? {};
      if (!(await this.resolve(pathname))) {
        add(`redirects ${source} to ${destination}, but there is no such page or file.`, destination);
      }
    }
    return found;
  }

  private async problemOf(
    { kind, target }: Omit<PageReference, 'line'>,
    page: LinkedPage,
  ): Promise<string | undefined> {
    if (isElsewhere(target)) return undefined;
    // A browser sees `/guides/index` at `/guides`; relative paths mean another page then.
    const bases = [page.path, page.path.replace(/\/index$/, '') || '/', `/${page.file}`];
    const urls = bases.flatMap((base) => parseUrl(target, ORIGIN + encodeURI(base)) ?? []);
    const [first] = urls;
    if (!first) return `links to "${target}", which is no URL.`;
    if (target.startsWith('#')) return this.anchorProblem(target, page.file, first.hash);
    for (const url of urls) {
      const destination = await this.resolve(url.pathname);
      if (destination) {
        return destination.kind === 'page' && kind === 'link'
          ? this.anchorProblem(target, destination.file, url.hash)
          : undefined;
      }
    }
    if (kind === 'image') return `shows "${target}", but the folder has no such file.`;
    const inside = await this.withoutBasePath(first.pathname);
    return inside === undefined
      ? `links to "${target}", but there is no such page or file.`
      : `links to "${target}", with the base path. Write "${inside}": the docs add it.`;
  }

  private async withoutBasePath(path: string): Promise<string | undefined> {
    const { basePath } = this.check;
    if (basePath === '' || !`${path}/`.startsWith(`${basePath}/`)) return undefined;
    const inside = path.slice(basePath.length) || '/';
    return (await this.resolve(inside)) && inside;
  }

  private anchorProblem(target: string, file: string, hash: string): string | undefined {
    const id = decode(hash.slice(1));
    // `#:~:text=` is for the browser, `#a=b` for a script.
    if (id === '' || id === 'top' || /[=:~]/.test(id)) return undefined;
    const ids = this.ids.get(file);
    if (!ids || ids.has(id)) return undefined;
    return `links to "${target}", but ${file} has no heading or element with the id "${id}".`;
  }

  private resolve(path: string): Promise<Destination | undefined> {
    const known = this.known.get(path);
    if (known) return known;
    const found = this.find(path, 0);
    this.known.set(path, found);
    return found;
  }

  private async find(path: string, redirects: number): Promise<Destination | undefined> {
    const { sites, site, firstPage } = this.check;
    if (GENERATED.test(path)) return { kind: 'other' };
    const parts = splitUrlPath(path);
    if (!parts) return undefined;
    const found =
      (await sites.findPage(path)) ??
      (parts.length === 0 && firstPage !== undefined
        ? await sites.findPage(encodeURI(firstPage))
        : undefined);
    if (found) return { kind: 'page', file: found.page.file };
    const file = await locateFile(sites.directory, parts);
    if (file && !sites.isIgnored(file.relativePath)) return { kind: 'other' };
    const name = parts.join('/');
    const redirect = findRedirect(site.redirects, `/${name}`);
    if (redirect && redirects < MAX_REDIRECTS) {
      const url = parseUrl(redirect.destination, ORIGIN);
      return url?.origin === ORIGIN ? this.find(url.pathname, redirects + 1) : { kind: 'other' };
    }
    return this.generated.some((folder) => name === folder || name.startsWith(`${folder}/`))
      ? { kind: 'other' }
      : undefined;
  }
}

/** `undefined` if there may be others. */
function idsOf(references: BundledPage['references']): ReadonlySet<string> | undefined {
  if (references.some(({ hasOtherIds }) => hasOtherIds)) return undefined;
  return new Set(references.flatMap(({ ids }) => ids));
}

function hrefsOf({ items, lists }: NavigationSection): string[] {
  return [
    ...hrefsOfItems(items),
    ...lists.flatMap(({ divisions }) =>
      divisions.flatMap(({ href, section }) => [...(href === undefined ? [] : [href]), ...hrefsOf(section)]),
    ),
  ];
}

function hrefsOfItems(items: readonly NavigationItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'group') return hrefsOfItems(item.items);
    // The `url` of a page is in the page.
    return item.kind === 'link' && item.path === undefined ? [item.href] : [];
  });
}

function isElsewhere(target: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(target) || /\{|\}/.test(target);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
