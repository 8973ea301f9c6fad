import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { FSWatcher } from 'chokidar';

/** One edit is often several changes: of a temporary file, of the file itself. */
const QUIET_MS = 40;

const HIDDEN_BUT_READ: ReadonlySet<string> = new Set(['.mintlify', '.mintignore']);

/**
 * Watches a docs folder: pages, snippets, docs.json, style sheets, OpenAPI files and images. Hidden files, except
 * `.mintignore` and those of `.mintlify`, and `node_modules` are left out; symbolic links are not followed.
 *
 * @example
 * const watcher = new FolderWatcher('/srv/docs', { onChange: () => reload(), onError: console.warn });
 * await watcher.ready;
 * await watcher.close();
 */
export class FolderWatcher {
  /** Every later change is seen. */
  readonly ready: Promise<void>;
  private readonly watcher: FSWatcher;
  private timer?: NodeJS.Timeout;

  constructor(
    directory: string,
    { onChange, onError }: { onChange: () => void; onError: (reason: string) => void },
  ) {
    this.watcher = watch(directory, {
      ignored: (path) => isIgnored(relative(directory, path)),
      ignoreInitial: true,
      followSymlinks: false,
    });
    this.watcher.on('all', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(onChange, QUIET_MS);
    });
    this.watcher.on('error', (error) => onError(error instanceof Error ? error.message : String(error)));
    this.ready = new Promise((resolve) => {
      this.watcher.once('ready', () => resolve());
    });
  }

  /** Ends the watch. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.watcher.close();
  }
}

function isIgnored(path: string): boolean {
  return path
    .split(sep)
    .some((part) => part === 'node_modules' || (/^\.[^.]/.test(part) && !HIDDEN_BUT_READ.has(part)));
}
