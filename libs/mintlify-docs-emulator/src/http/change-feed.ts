import type { ServerResponse } from 'node:http';
import { FolderWatcher } from '../site/folder-watcher.js';

/** What a change feed needs. */
export interface ChangeFeedOptions {
  directory: string;
  /** Called at each change, before pages hear of it. */
  onChange: () => void;
  /** Called with `true` once every later change is seen, and with `false` if changes may be missed. */
  onWatch: (isWatched: boolean) => void;
  /** Called if the folder cannot be watched. */
  onWarning: (warning: string) => void;
}

const MAX_PAGES = 100;
const RETRY_MS = 500;

/**
 * Tells open pages that the docs folder has changed, by server-sent events: the number of the latest change, and
 * nothing of what changed. A page that knows another number loads again.
 *
 * The watch starts with the first page that listens: to look at each file of a large folder takes longer than to send it.
 *
 * @example
 * const feed = new ChangeFeed({ directory: '/srv/docs', onChange, onWatch, onWarning });
 * await feed.stream(response, headers);
 */
export class ChangeFeed {
  private watcher?: FolderWatcher;
  private readonly pages = new Set<ServerResponse>();
  private changes = 0;
  private readonly startedAt = Date.now();
  /** So that a page of an earlier run loads again. */
  private readonly run = this.startedAt.toString(36);

  constructor(private readonly options: ChangeFeedOptions) {}

  /** The latest change. */
  get version(): string {
    return `${this.run}-${this.changes}`;
  }

  /** Answers a page that listens, until it goes away. */
  async stream(response: ServerResponse, headers: Record<string, string>): Promise<void> {
    if (this.pages.size >= MAX_PAGES) {
      response.writeHead(503, headers).end();
      return;
    }
    this.pages.add(response);
    response.once('close', () => this.pages.delete(response));
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    // A change before this is in the first number, every later one is an event.
    this.watcher ??= this.watch();
    await this.watcher.ready;
    response.write(`retry: ${RETRY_MS}\ndata: ${this.version}\n\n`);
  }

  /** Ends the watch. */
  async close(): Promise<void> {
    await this.watcher?.close();
  }

  private watch(): FolderWatcher {
    const { directory, onWatch, onWarning } = this.options;
    let hasFailed = false;
    const watcher = new FolderWatcher(directory, {
      since: this.startedAt,
      onChange: () => this.change(),
      onError: (reason) => {
        hasFailed = true;
        onWatch(false);
        onWarning(`The folder cannot be watched: ${reason}. Reload pages yourself after an edit.`);
      },
    });
    void watcher.ready.then(() => !hasFailed && onWatch(true));
    return watcher;
  }

  private change(): void {
    this.changes += 1;
    this.options.onChange();
    for (const page of this.pages) page.write(`data: ${this.version}\n\n`);
  }
}
