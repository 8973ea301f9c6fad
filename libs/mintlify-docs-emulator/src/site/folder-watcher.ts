import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { FSWatcher } from 'chokidar';

/** One edit is often several changes: of a temporary file, of the file itself. */
const QUIET_MS = 40;

const HIDDEN_BUT_READ: ReadonlySet<string> = new Set(['.mintlify', '.mintignore']);

/** What a watch of a folder needs. */
export interface FolderWatcherOptions {
  /** What was written after this, in milliseconds since the epoch, is a change, although the watch had not begun. */
  since: number;
  onChange: () => void;
  /** Called if the folder cannot be watched. */
  onError: (reason: string) => void;
}

/**
 * Watches a docs folder: pages, snippets, docs.json, style sheets, OpenAPI files and images. Hidden files, except
 * `.mintignore` and those of `.mintlify`, and `node_modules` are left out; symbolic links are not followed.
 *
 * @example
 * const watcher = new FolderWatcher('/srv/docs', { since: Date.now(), onChange: () => reload(), onError: console.warn });
 * await watcher.ready;
 * await watcher.close();
 */
export class FolderWatcher {
  /** Every later change is seen. */
  readonly ready: Promise<void>;
  private readonly watcher: FSWatcher;
  private timer?: NodeJS.Timeout;

  constructor(directory: string, { since, onChange, onError }: FolderWatcherOptions) {
    this.watcher = watch(directory, {
      ignored: (path) => isIgnored(relative(directory, path)),
      followSymlinks: false,
    });
    let isReady = false;
    this.watcher.on('all', (_event, _path, stats) => {
      if (!isReady && !(stats && stats.mtimeMs >= since)) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(onChange, QUIET_MS);
    });
    this.watcher.on('error', (error) => onError(error instanceof Error ? error.message : String(error)));
    this.ready = new Promise((resolve) => {
      this.watcher.once('ready', () => {
        isReady = true;
        resolve();
      });
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
