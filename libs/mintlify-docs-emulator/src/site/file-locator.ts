import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file inside the docs folder. */
export interface LocatedFile {
  /** Absolute path, symbolic links resolved. */
  absolutePath: string;
  /** Path inside the docs folder, with `/`, such as `guides/quickstart.mdx`. */
  relativePath: string;
}

/**
 * Splits a URL path into the parts of a file path, or refuses it. A part that could lead out of the folder or
 * to a hidden file is refused: `..`, an empty part, one that begins with a dot, or one that holds a separator,
 * a drive letter's colon or NUL once decoded.
 *
 * @param urlPath an encoded path without a query, such as `/guides/quick%20start`.
 * @returns the decoded parts, an empty list for `/`, or `undefined` for a path that is refused.
 * @example
 * splitUrlPath('/guides/start'); // ['guides', 'start']
 * splitUrlPath('/..%2Fsecret'); // undefined
 */
export function splitUrlPath(urlPath: string): string[] | undefined {
  const trimmed = urlPath.replace(/^\//, '').replace(/\/$/, '');
  if (trimmed === '') return [];
  try {
    const parts = trimmed.split('/').map(decodeURIComponent);
    return parts.every(isSafeName) ? parts : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds a file inside a folder, and nowhere else: a symbolic link that leads out of the folder is not
 * followed.
 *
 * @param directory the docs folder.
 * @param parts what {@link splitUrlPath} gave.
 * @returns `undefined` when there is no such file.
 * @example
 * await locateFile('/srv/docs', ['images', 'logo.svg']);
 */
export async function locateFile(
  directory: string,
  parts: readonly string[],
): Promise<LocatedFile | undefined> {
  try {
    const root = await realpath(directory);
    const absolutePath = await realpath(join(root, ...parts));
    if (!absolutePath.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const found = await stat(absolutePath);
    return found.isFile() ? { absolutePath, relativePath: parts.join('/') } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds the page for a path: `guides` is `guides.mdx`, `guides.md` or `guides/index.mdx`, in this order.
 *
 * @param parts what {@link splitUrlPath} gave.
 * @returns `undefined` when there is no such page.
 * @example
 * await locatePage('/srv/docs', ['quickstart']); // relativePath: 'quickstart.mdx'
 */
export async function locatePage(
  directory: string,
  parts: readonly string[],
): Promise<LocatedFile | undefined> {
  const last = parts.at(-1);
  const candidates =
    last === undefined
      ? [['index.mdx'], ['index.md']]
      : [
          [...parts.slice(0, -1), `${last}.mdx`],
          [...parts.slice(0, -1), `${last}.md`],
          [...parts, 'index.mdx'],
        ];
  for (const candidate of candidates) {
    const file = await locateFile(directory, candidate);
    if (file) return file;
  }
  return undefined;
}

function isSafeName(part: string): boolean {
  // oxlint-disable-next-line no-control-regex -- NUL ends a path early in the operating system.
  return part !== '' && !part.startsWith('.') && !/[/\\:\u0000]/.test(part);
}
