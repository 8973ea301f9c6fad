import { stat } from 'node:fs/promises';
import type { LocatedFile } from '../site/file-locator.js';
import type { SiteError } from '../site/site-error.js';
import { BuildError } from './build-error.js';
import { builderHere } from './build-here.js';
import type { BuildRequest, PageBuilder } from './build-protocol.js';
import type { BundledPage } from './build-types.js';

/** What bundles are made from, and how many are kept. */
export interface BundlerOptions extends Omit<BuildRequest['options'], 'variables'> {
  /** How many bytes of code are kept in memory. Default: 40 million. */
  cacheBytes?: number;
}

interface CachedPage {
  /** The page, or why there is none. */
  result: { page: BundledPage } | { error: SiteError };
  bytes: number;
  stamp: string;
  files: readonly string[];
}

const DEFAULT_CACHE_BYTES = 40_000_000;
/** Of what is kept with each page. */
const ENTRY_BYTES = 1_000;

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
  private readonly running = new Map<string, Promise<BundledPage>>();
  private readonly options: Omit<BundlerOptions, 'cacheBytes'>;
  private readonly cacheBytes: number;
  private bytes = 0;

  /** @param build what builds pages. Default: this thread. */
  constructor(
    { cacheBytes = DEFAULT_CACHE_BYTES, ...options }: BundlerOptions,
    private readonly build: PageBuilder = builderHere(),
  ) {
    this.options = options;
    this.cacheBytes = cacheBytes;
  }

  /**
   * Bundles a page.
   *
   * @param variables from `variables` of docs.json.
   * @throws SiteError with file, line and column, if the page itself does not compile.
   */
  bundle(file: LocatedFile, variables: Readonly<Record<string, string>> = {}): Promise<BundledPage> {
    const key = `${file.relativePath}\n${JSON.stringify([variables, file.text])}`;
    const running = this.running.get(key);
    if (running) return running;
    const started = this.find(key, file, variables).finally(() => this.running.delete(key));
    this.running.set(key, started);
    return started;
  }

  private async find(
    key: string,
    { absolutePath, relativePath, text }: LocatedFile,
    variables: Readonly<Record<string, string>>,
  ): Promise<BundledPage> {
    const cached = this.cache.get(key);
    if (cached && (await stampOf(cached.files)) === cached.stamp) return pageOf(cached.result);
    this.drop(key);
    try {
      const { page, files } = await this.build({
        options: { ...this.options, variables },
        page: { absolutePath, relativePath, ...(text !== undefined && { text }) },
      });
      // A file that was missing may be there at the next request.
      if (page.faults.length === 0) await this.keep(key, { page }, files);
      return page;
    } catch (error) {
      if (!(error instanceof BuildError) || !error.siteError) throw error;
      if (error.files.length > 0) await this.keep(key, { error: error.siteError }, error.files);
      throw error.siteError;
    }
  }

  /** The oldest pages make room for a new one. */
  private async keep(key: string, result: CachedPage['result'], files: readonly string[]): Promise<void> {
    const bytes = ENTRY_BYTES + ('page' in result ? bytesOf(result.page.code) : 0);
    const stamp = await stampOf(files);
    this.cache.set(key, { result, bytes, stamp, files });
    this.bytes += bytes;
    for (const oldest of this.cache.keys()) {
      if (this.bytes <= this.cacheBytes) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.cache.get(key)?.bytes ?? 0;
    this.cache.delete(key);
  }
}

function pageOf(result: CachedPage['result']): BundledPage {
  if ('error' in result) throw result.error;
  return result.page;
}

/** As V8 keeps a text: a byte for each character if all are of Latin-1, else two. */
function bytesOf(text: string): number {
  return /[^\0-\u00FF]/.test(text) ? text.length * 2 : text.length;
}

async function stampOf(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((each) => (each ? `${each.mtimeMs}:${each.size}:${each.ino}` : 'gone')).join(' ');
}
