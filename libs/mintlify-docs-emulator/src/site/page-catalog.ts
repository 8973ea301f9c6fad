import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { NO_ONE } from '../shared/group-rules.js';
import { isSkillFile, locateFile, locatePage, splitUrlPath } from './file-locator.js';
import type { LocatedFile } from './file-locator.js';
import { readFrontMatter, readFrontMatterLeniently } from './front-matter-reader.js';
import type { SitePage } from './page-access.js';
import { SiteError } from './site-error.js';

/** The pages that the navigation needs, read before it is built. */
export interface PageCatalog {
  /** @param path the page's path inside the docs, such as `/quickstart`. */
  find(path: string): SitePage | undefined;
  /** The paths of the pages in a folder and the folders inside it, in alphabetical order. */
  list(folder: string): string[];
}

/** What the navigation names. */
export interface CatalogNames {
  /** Paths of pages, such as `/quickstart`. */
  paths: readonly string[];
  /** Folders whose pages are all listed. */
  folders: readonly string[];
}

interface KnownPage {
  page: SitePage;
  stamp: string;
}

const FILES_AT_ONCE = 200;
const MAX_PAGE_BYTES = 5_000_000;
const MAX_FOLDER_PAGES = 20_000;

/**
 * Reads the front matter of pages, and keeps it until a file changes.
 *
 * @example
 * const store = new PageStore('/srv/docs');
 * const { catalog } = await store.load({ paths: ['/quickstart'], folders: [] });
 */
export class PageStore {
  private readonly known = new Map<string, KnownPage>();
  private readonly located = new Map<string, LocatedFile>();
  private version = 0;

  /**
   * @param directory the docs folder.
   * @param isIgnored tells which files are no part of the site; `isListed` if the navigation names them. Default: none.
   */
  constructor(
    private readonly directory: string,
    private readonly isIgnored: (file: string, place: { isListed: boolean }) => boolean = () => false,
  ) {}

  /**
   * Reads the pages that the navigation names.
   *
   * @returns a catalog of them, and a version that is the same until something changes.
   */
  async load({ paths, folders }: CatalogNames): Promise<{ catalog: PageCatalog; version: string }> {
    const listed = new Map<string, string[]>();
    const isIgnored = (file: string): boolean => this.isIgnored(file, { isListed: false });
    for (const folder of folders) listed.set(folder, await listPages(this.directory, folder, isIgnored));
    const found = new Map<string, SitePage>();
    const all = [...new Set([...paths, ...[...listed.values()].flat()])];
    await inBatches(all, async (path) => {
      const page = await this.read(path);
      if (page) found.set(path, page);
    });
    const catalog: PageCatalog = {
      find: (path) => found.get(path),
      list: (folder) => listed.get(folder) ?? [],
    };
    return { catalog, version: `${this.version}:${found.size}:${[...listed.values()].flat().join('|')}` };
  }

  /** Tells whether all files that were read are as they were. New files do not count: see `FolderTimes`. */
  async areCurrent(): Promise<boolean> {
    let count = 0;
    for (const [absolutePath, { stamp }] of this.known) {
      count += 1;
      if (count % FILES_AT_ONCE === 0) await setImmediate();
      if (stampOf(absolutePath) !== stamp) return false;
    }
    return true;
  }

  /**
   * Reads one page.
   *
   * @param path the page's path inside the docs, such as `/quickstart`.
   * @returns `undefined` if the folder has no such page.
   */
  async read(path: string): Promise<SitePage | undefined> {
    const known = this.located.get(path);
    const page =
      known && !this.isIgnored(known.relativePath, { isListed: true }) && (await this.readFile(known));
    if (page) return page;
    const parts = splitUrlPath(encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F'));
    const file = parts && (await locatePage(this.directory, parts));
    if (!file || this.isIgnored(file.relativePath, { isListed: true })) {
      if (this.located.delete(path)) this.version += 1;
      return undefined;
    }
    this.located.set(path, file);
    return this.readFile(file);
  }

  /** Reads the page in a file. */
  // oxlint-disable-next-line typescript/require-await -- see below.
  async readFile({ absolutePath, relativePath: file }: LocatedFile): Promise<SitePage | undefined> {
    try {
      // For thousands of files, waiting for a thread takes many times as long as these calls.
      const { mtimeMs, size, ino } = statSync(absolutePath);
      const stamp = `${mtimeMs}:${size}:${ino}`;
      const known = this.known.get(absolutePath);
      if (known?.stamp === stamp && known.page.file === file) return known.page;
      const parsed = size > MAX_PAGE_BYTES ? tooLarge(file) : parse(readFileSync(absolutePath, 'utf8'), file);
      const page: SitePage = { file, absolutePath, ...parsed };
      this.known.set(absolutePath, { page, stamp });
      this.version += 1;
      return page;
    } catch {
      if (this.known.delete(absolutePath)) this.version += 1;
      return undefined;
    }
  }

  /** Finds a file by its path inside the docs folder, and reads the page in it. */
  async readRelative(file: string): Promise<SitePage | undefined> {
    const located = await locateFile(this.directory, file.split('/'));
    return located && this.readFile(located);
  }
}

/**
 * The paths of all pages in a folder and the folders inside it. Hidden folders, `node_modules`, `snippets` and
 * `_snippets` are left out.
 *
 * @param isIgnored tells which files are left out too, by their paths inside the docs folder.
 * @example
 * await listPages('/srv/docs', 'guides'); // ['/guides/first', '/guides/second']
 */
export async function listPages(
  directory: string,
  folder: string,
  isIgnored: (file: string) => boolean = () => false,
): Promise<string[]> {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.some((part) => part.startsWith('.'))) return [];
  const found: string[] = [];
  const visit = async (inside: string[]): Promise<void> => {
    const entries = await readdir(join(directory, ...inside), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || found.length >= MAX_FOLDER_PAGES) continue;
      if (entry.isDirectory()) {
        if (!/^(?:node_modules|_?snippets)$/.test(entry.name)) await visit([...inside, entry.name]);
      } else if (/\.mdx?$/.test(entry.name) && !(inside.length === 0 && isSkillFile(entry.name))) {
        const path = [...inside, entry.name].join('/');
        if (!isIgnored(path)) found.push(`/${path.replace(/\.mdx?$/, '')}`);
      }
    }
  };
  await visit(parts);
  return found;
}

function stampOf(absolutePath: string): string | undefined {
  const found = statSync(absolutePath, { throwIfNoEntry: false });
  return found && `${found.mtimeMs}:${found.size}:${found.ino}`;
}

/** Between two batches, requests are answered. */
async function inBatches<T>(values: readonly T[], run: (value: T) => Promise<void>): Promise<void> {
  for (const [index, value] of values.entries()) {
    if (index % FILES_AT_ONCE === FILES_AT_ONCE - 1) await setImmediate();
    await run(value);
  }
}

/** What is not read lets no one in. */
function tooLarge(file: string): Pick<SitePage, 'frontMatter' | 'problem'> {
  const problem = new SiteError({ file }, `is over ${MAX_PAGE_BYTES} bytes. Split it into several pages.`);
  return { frontMatter: { isPublic: false, rule: { ...NO_ONE } }, problem };
}

function parse(source: string, file: string): Pick<SitePage, 'frontMatter' | 'problem'> {
  try {
    return { frontMatter: readFrontMatter(source, file) };
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    return { frontMatter: readFrontMatterLeniently(source, file), problem };
  }
}
