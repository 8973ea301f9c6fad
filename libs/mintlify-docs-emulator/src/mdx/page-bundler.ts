import { stat } from 'node:fs/promises';
import type { LocatedFile } from '../site/file-locator.js';
import { PageBuild } from './page-build.js';
import type { BuildOptions, BundledPage } from './page-build.js';

/** What bundles are made from, and how many are kept. */
export interface BundlerOptions extends BuildOptions {
  /** How many characters of code are kept. Default: 50 million. */
  cacheCharacters?: number;
}

interface CachedPage {
  page: BundledPage;
  stamp: string;
  files: string[];
}

const DEFAULT_CACHE_CHARACTERS = 50_000_000;

/**
 * Compiles pages with the snippets that they import, each to one ES module, and keeps the modules until a file
 * changes. An import that fails becomes a message in its place.
 *
 * @example
 * const bundler = new PageBundler({ directory: '/srv/docs', client: '/_emulator/client' });
 * const { code } = await bundler.bundle(file);
 */
export class PageBundler {
  private readonly cache = new Map<string, CachedPage>();
  private characters = 0;

  constructor(private readonly options: BundlerOptions) {}

  /**
   * Bundles a page.
   *
   * @throws SiteError with file, line and column, if the page itself does not compile.
   */
  async bundle(
    { absolutePath, relativePath }: LocatedFile,
    variables = this.options.variables ?? {},
  ): Promise<BundledPage> {
    const key = `${relativePath}\n${JSON.stringify(variables)}`;
    const cached = this.cache.get(key);
    if (cached && (await stampOf(cached.files)) === cached.stamp) return cached.page;
    const build = new PageBuild({ ...this.options, variables }, { absolutePath, relativePath });
    const page = await build.run();
    // A file that was missing may be there at the next request.
    if (page.faults.length === 0)
      this.keep(key, { page, files: build.files, stamp: await stampOf(build.files) });
    return page;
  }

  /** The oldest pages make room for a new one. */
  private keep(key: string, cached: CachedPage): void {
    this.drop(key);
    this.cache.set(key, cached);
    this.characters += cached.page.code.length;
    for (const oldest of this.cache.keys()) {
      if (this.characters <= (this.options.cacheCharacters ?? DEFAULT_CACHE_CHARACTERS)) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.characters -= this.cache.get(key)?.page.code.length ?? 0;
    this.cache.delete(key);
  }
}

async function stampOf(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((each) => (each ? `${each.mtimeMs}:${each.size}:${each.ino}` : 'gone')).join(' ');
}
