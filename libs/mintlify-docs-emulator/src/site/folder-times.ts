import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How coarse the times of a file system may be. What changed just before a look may change again, unseen. */
const COARSE_MS = 2_100;
const MAX_FOLDERS = 5_000;

/**
 * The times at which the folders of a docs folder changed. A file that comes, goes or gets another name changes the
 * time of its folder, so that nothing has to be listed again while all of them are the same. An edit of a file does not
 * change it.
 *
 * @example
 * const times = await FolderTimes.read('/srv/docs');
 * times.areCurrent(); // true until a file comes or goes
 */
export class FolderTimes {
  private constructor(
    private readonly times: ReadonlyMap<string, number>,
    /** They can be relied on. */
    private readonly isExact: boolean,
  ) {}

  /** Reads them. Hidden folders and `node_modules` are left out. */
  static async read(directory: string): Promise<FolderTimes> {
    const times = new Map<string, number>();
    const trustedMs = Date.now() - COARSE_MS;
    let isExact = true;
    const folders = [directory];
    for (let index = 0; index < folders.length && index < MAX_FOLDERS; index += 1) {
      const folder = folders[index] ?? '';
      const time = timeOf(folder);
      if (time === undefined || time > trustedMs) isExact = false;
      times.set(folder, time ?? 0);
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        // What a link leads to may be in a folder that is left out.
        if (entry.isSymbolicLink()) isExact = false;
        if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
        folders.push(join(folder, entry.name));
      }
    }
    return new FolderTimes(times, isExact && folders.length <= MAX_FOLDERS);
  }

  /** Tells whether no file came, went or got another name. `false` if that is not sure. */
  areCurrent(): boolean {
    if (!this.isExact) return false;
    for (const [folder, time] of this.times) {
      if (timeOf(folder) !== time) return false;
    }
    return true;
  }
}

function timeOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
}
