import { stat } from 'node:fs/promises';
import type { OperationCatalog } from '../api/operation-catalog.js';
import { OperationPlanner } from '../api/operation-planner.js';
import { specSourcesIn } from '../api/spec-sources.js';
import { SpecStore } from '../api/spec-store.js';
import { firstPage } from '../shared/navigation-filter.js';
import type { NavbarLink, NavigationSection } from '../shared/navigation-types.js';
import type { SiteColors } from '../shared/page-data-types.js';
import type { SiteLooks } from '../shared/site-looks-types.js';
import type { ConfigPlace } from './config-origins.js';
import { readConfig } from './config-reader.js';
import type { SiteConfig } from './config-reader.js';
import { locatePage, splitUrlPath } from './file-locator.js';
import { readPublic } from './front-matter-reader.js';
import { readLanguageLooks } from './language-looks.js';
import { buildNavigation } from './navigation-builder.js';
import { namesIn } from './navigation-names.js';
import { pageAccess } from './page-access.js';
import type { PageAccess, PagePlace, SitePage } from './page-access.js';
import { FolderTimes } from './folder-times.js';
import { MintIgnore } from './mint-ignore.js';
import { listPages, PageStore } from './page-catalog.js';
import { readLooks } from './looks-reader.js';
import type { SiteRedirect } from './redirects.js';
import { readSettings } from './site-settings.js';
import { listAssets } from './site-assets.js';
import type { SiteAssets } from './site-assets.js';
import { readSkills } from './skill-reader.js';
import type { Skill } from './skill-reader.js';
import type { SiteWarning } from './site-warning.js';

/** What a docs folder holds: the settings that the emulator uses, and the navigation. */
export interface Site {
  name: string;
  colors: SiteColors;
  looks: SiteLooks;
  /** Without hidden pages; not filtered for a visitor. */
  navigation: NavigationSection;
  navbarLinks: NavbarLink[];
  /** From `icons.library`. Default: `fontawesome`. */
  iconLibrary: string;
  /** The icons that docs.json names. */
  icons: string[];
  /** The icon's path inside the docs, such as `/favicon.svg`. */
  favicon?: string;
  /** `docs.json` or `mint.json`. */
  file: string;
  /** It and the files of its `$ref`, as paths inside the docs folder. */
  files: string[];
  /** The file and the line of a place in docs.json, such as `navigation.tabs[0].groups`, through each `$ref`. */
  locate: (place: string) => Promise<ConfigPlace | undefined>;
  /** From `variables`: what `{{name}}` in pages stands for. */
  variables: Record<string, string>;
  redirects: SiteRedirect[];
  /** The folder's own scripts and style sheets. */
  assets: SiteAssets;
  warnings: SiteWarning[];
  /** All of docs.json, not validated. */
  settings: Readonly<Record<string, unknown>>;
  /** The places of each page in the navigation, by its path inside the docs folder. */
  places: ReadonlyMap<string, PagePlace[]>;
  /** A page that the navigation lists, by its path inside the docs. */
  findListed: (path: string) => SitePage | undefined;
  /** `public` of the root of docs.json. */
  isPublic: boolean;
  /** What AI agents can do with the product. */
  skills: Skill[];
  /** The API operations that pages show. */
  operations: OperationCatalog;
}

/** What was read, and how to tell whether it is still so. */
interface ReadSite {
  site: Site;
  key: string;
  folders: FolderTimes;
  sources: readonly string[];
  ignored: MintIgnore;
  specs: string;
  skills: readonly string[];
}

/** Looking at so many files takes longer than sending a page. */
const MANY_PAGES = 300;
/** How soon an edit of a large site shows, at the latest. */
const RECHECK_MS = 900;
/** The same while a watcher tells of edits: some drives and containers do not let it see them. */
const WATCHED_RECHECK_MS = 10_000;

/**
 * Reads a docs folder, and keeps what it read until a file changes: docs.json (or mint.json), the files that it
 * refers to, and the front matter of its pages.
 *
 * @example
 * const sites = new SiteReader('/srv/docs');
 * const { navigation } = await sites.read();
 */
export class SiteReader {
  private readonly pages: PageStore;
  private readonly specs: SpecStore;
  /** A page names an operation of any spec. */
  private needsAllSpecs = false;
  private config?: { config: SiteConfig; stamp: string };
  private latest?: ReadSite;
  private configVersion = 0;
  private ignored = MintIgnore.none();
  private isLarge = false;
  private recheckMs = RECHECK_MS;
  private checkedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * @param directory the docs folder.
   * @param nowMs a monotonic clock.
   */
  constructor(
    readonly directory: string,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.pages = new PageStore(directory, (file, place) => this.ignored.has(file, place));
    this.specs = new SpecStore(directory);
  }

  /**
   * Reads the site.
   *
   * @throws SiteError when docs.json is missing or not a JSON object; the message says how to fix it.
   */
  async read(): Promise<Site> {
    const startedAtMs = this.nowMs();
    if (this.latest && this.isLarge && startedAtMs - this.checkedAtMs < this.recheckMs)
      return this.latest.site;
    this.checkedAtMs = startedAtMs;
    if (this.latest && (await this.isCurrent(this.latest))) return this.latest.site;
    const folders = await FolderTimes.read(this.directory);
    const config = await this.readConfig();
    this.ignored = await MintIgnore.read(this.directory, this.ignored);
    const { navigation } = config.settings;
    const names = namesIn(navigation);
    this.isLarge = names.paths.length > MANY_PAGES;
    const { catalog, version } = await this.pages.load(names);
    const paths = [...names.paths, ...names.folders.flatMap((folder) => catalog.list(folder))];
    this.needsAllSpecs ||= paths.some((path) => catalog.find(path)?.frontMatter.operation !== undefined);
    const sources = specSourcesIn(config.settings);
    const specs = await this.specs.load(sources, this.needsAllSpecs);
    const assets = await listAssets(this.directory, (file) => this.isIgnored(file));
    const skills = await readSkills(this.directory);
    const digests = digestsOf(skills);
    const key = `${this.configVersion}:${version}:${JSON.stringify([assets, digests, specs.version, this.ignored.stamp])}`;
    const seen = { key, folders, sources, ignored: this.ignored, specs: specs.version, skills: digests };
    if (this.latest?.key === key) {
      this.latest = { ...seen, site: this.latest.site };
      return this.latest.site;
    }
    const isPublic = readPublic(config.settings.public);
    const looks = await readLanguageLooks(navigation);
    const planner = new OperationPlanner(specs.specs, config.settings);
    const built = buildNavigation(navigation, catalog, { file: config.file, isPublic, looks, planner });
    const locate = (place: string) => config.origins.locate(config.settings, place);
    const warnings: SiteWarning[] = [];
    for (const { place, message, file } of built.warnings) {
      warnings.push({ file, message, ...(await locate(place)) });
    }
    const site: Site = {
      ...readSettings(config.settings),
      looks: await readLooks(config.settings),
      file: config.file,
      files: config.names,
      locate,
      settings: config.settings,
      assets,
      navigation: built.section,
      places: built.places,
      findListed: (path) => catalog.find(path),
      warnings: [...config.warnings, ...warnings, ...skills.flatMap((skill) => skill.warnings)],
      skills,
      operations: planner.catalog(),
      isPublic: isPublic ?? false,
    };
    this.latest = { ...seen, site };
    return site;
  }

  /** Most looks find nothing new: then the files alone are looked at, and no folder is listed. */
  private async isCurrent({ folders, sources, ignored, specs, skills }: ReadSite): Promise<boolean> {
    const { config } = this;
    if (!folders.areCurrent() || !config || (await stampOf(config.config.files)) !== config.stamp)
      return false;
    return (
      (await this.pages.areCurrent()) &&
      (await MintIgnore.read(this.directory, ignored)) === ignored &&
      (await this.specs.load(sources, this.needsAllSpecs)).version === specs &&
      digestsOf(await readSkills(this.directory)).join() === skills.join()
    );
  }

  /**
   * Says whether a watcher calls {@link expire} at each edit. Then files are looked at more rarely.
   *
   * @param isWatched `true` once every later edit is seen; edits before that are looked for at the next {@link read}.
   */
  trustWatcher(isWatched: boolean): void {
    this.recheckMs = isWatched ? WATCHED_RECHECK_MS : RECHECK_MS;
    this.expire();
  }

  /** Looks at all files again at the next {@link read}, however soon that is. */
  expire(): void {
    this.checkedAtMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * Finds the page of a URL.
   *
   * @param urlPath an encoded path inside the docs, such as `/quickstart`.
   * @returns `undefined` if the folder has no such page.
   */
  async findPage(urlPath: string): Promise<{ path: string; page: SitePage } | undefined> {
    const parts = splitUrlPath(urlPath);
    const file = parts && (await locatePage(this.directory, parts));
    const isKnown = file && !this.isIgnored(file.relativePath);
    const page = isKnown ? await this.pages.readFile(file) : undefined;
    if (page?.frontMatter.operation && !this.needsAllSpecs) {
      this.needsAllSpecs = true;
      this.expire();
    }
    const path = parts && `/${parts.join('/')}`;
    if (path !== undefined && page) return { path, page };
    // Pages of the folder come before those that are made from specs.
    return path === undefined ? undefined : this.latest?.site.operations.page(path);
  }

  /**
   * Tells whether a file is no part of the site, by `.mintignore` or because Mintlify always leaves it out.
   *
   * @param file its path inside the docs folder.
   */
  isIgnored(file: string): boolean {
    return this.ignored.has(file, { isListed: this.latest?.site.places.has(file) ?? false });
  }

  /** The paths of all pages of the folder, listed or not. */
  listPages(): Promise<string[]> {
    return listPages(this.directory, '', (file) => this.isIgnored(file));
  }

  /** Finds the page in a file, by its path inside the docs folder. */
  async readPage(file: string): Promise<SitePage | undefined> {
    return this.isIgnored(file) ? undefined : this.pages.readRelative(file);
  }

  private async readConfig(): Promise<SiteConfig> {
    const stamp = this.config && (await stampOf(this.config.config.files));
    if (this.config && stamp === this.config.stamp) return this.config.config;
    const config = await readConfig(this.directory);
    // A $ref that could not be followed may work at the next request.
    const isComplete = config.warnings.length === 0 && config.file === 'docs.json';
    this.config = isComplete ? { config, stamp: await stampOf(config.files) } : undefined;
    this.configVersion += 1;
    return config;
  }
}

/**
 * What decides who may read a page of a site.
 *
 * @example
 * canRead(accessOf(site, page), visitor);
 */
export function accessOf(site: Pick<Site, 'places' | 'isPublic'>, page: SitePage): PageAccess {
  return pageAccess(page.frontMatter, site.places.get(page.file), site.isPublic);
}

/**
 * The path of the page that `/` shows if the folder has no index page: the first page of the navigation.
 *
 * @param navigation as the visitor sees it.
 * @example
 * frontPath(navigation); // '/introduction'
 */
export function frontPath(navigation: NavigationSection): string | undefined {
  return firstPage(navigation)?.path;
}

function digestsOf(skills: readonly Skill[]): string[] {
  return skills.map(({ file, digest }) => `${file} ${digest}`);
}

async function stampOf(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((each) => (each ? `${each.mtimeMs}:${each.size}:${each.ino}` : 'gone')).join(' ');
}
