import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';

const FILE = '.mintignore';
const MAX_BYTES = 1_000_000;
/** What Mintlify leaves out of every docs site. Hidden folders are never part of one here. */
const DEFAULTS = ['node_modules', 'README.md', 'LICENSE.md', 'CHANGELOG.md', 'CONTRIBUTING.md'];

/**
 * The files of a docs folder that are no part of the site: those of `.mintignore`, which has the syntax of
 * `.gitignore`, and those that Mintlify always leaves out.
 *
 * @example
 * const ignored = await MintIgnore.read('/srv/docs');
 * ignored.has('drafts/next.mdx', { isListed: true });
 */
export class MintIgnore {
  private readonly always = ignore().add(DEFAULTS);

  private constructor(
    private readonly written: Ignore | undefined,
    /** The same until the file changes. */
    readonly stamp: string,
  ) {}

  /** Without a file, or with one over a megabyte, only what is always left out. */
  static none(): MintIgnore {
    return new MintIgnore(undefined, '');
  }

  /**
   * Reads `.mintignore`.
   *
   * @param before what was read last: returned again if the file is the same.
   */
  static async read(directory: string, before = MintIgnore.none()): Promise<MintIgnore> {
    const path = join(directory, FILE);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile() || found.size > MAX_BYTES) return before.stamp === '' ? before : MintIgnore.none();
    const stamp = `${found.mtimeMs}:${found.size}:${found.ino}`;
    if (stamp === before.stamp) return before;
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((line) => line.trim());
    return new MintIgnore(ignore().add(lines), stamp);
  }

  /**
   * Tells whether a file is left out.
   *
   * @param file its path inside the docs folder, such as `guides/start.mdx`.
   * @param place whether the navigation lists it: then only `.mintignore` leaves it out.
   */
  has(file: string, { isListed }: { isListed: boolean }): boolean {
    if (file === '') return false;
    return (this.written?.ignores(file) ?? false) || (!isListed && this.always.ignores(file));
  }
}
