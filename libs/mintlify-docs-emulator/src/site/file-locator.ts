import { realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A file inside the docs folder. */
export interface LocatedFile {
  /** Absolute path, with symbolic links resolved. */
  absolutePath: string;
  /** Path inside the docs folder, with `/`, such as `guides/quickstart.mdx`. */
  relativePath: string;
  /** The text of a page that is no file. Then `absolutePath` is empty. */
  text?: string;
}

/**
 * Splits a URL path into the parts of a file path, or rejects it. Rejected are parts that could lead outside
 * the folder or to a hidden file: `..`, an empty part, a leading dot, or a separator, colon or NUL once
 * decoded.
 *
 * @param urlPath an encoded path without a query, such as `/guides/quick%20start`.
 * @returns the decoded parts, an empty list for `/`, or `undefined` for a rejected path.
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
 * Finds a file inside a folder. Symbolic links that lead outside the folder are not followed.
 *
 * @param directory the docs folder.
 * @param parts the result of {@link splitUrlPath}.
 * @returns `undefined` if the file does not exist.
 * @example
 * await locateFile('/srv/docs', ['images', 'logo.svg']);
 */
// oxlint-disable-next-line typescript/require-await -- see below.
export async function locateFile(
  directory: string,
  parts: readonly string[],
): Promise<LocatedFile | undefined> {
  try {
    // For thousands of files, waiting for a thread takes many times as long as these calls.
    const root = realpathSync.native(directory);
    const absolutePath = realpathSync.native(join(directory, ...parts));
    if (!absolutePath.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const found = statSync(absolutePath);
    return found.isFile() ? { absolutePath, relativePath: parts.join('/') } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds the page for a path. `guides` is `guides.mdx`, `guides.md`, `guides/index.mdx` or `guides/index.md`, in this order.
 *
 * @param parts the result of {@link splitUrlPath}.
 * @returns `undefined` if the page does not exist.
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
          [...parts, 'index.md'],
        ];
  for (const candidate of candidates) {
    const file = await locateFile(directory, candidate);
    if (file && !isSkillFile(file.relativePath)) return file;
  }
  return undefined;
}

/**
 * Tells whether a path is that of a skill at the root of the docs folder, which is no page.
 *
 * @example
 * isSkillFile('SKILL.md'); // true
 */
export function isSkillFile(file: string): boolean {
  return /^skill\.md$/i.test(file);
}

function isSafeName(part: string): boolean {
  // oxlint-disable-next-line no-control-regex -- NUL truncates a path in the operating system.
  return part !== '' && !part.startsWith('.') && !/[/\\:\u0000]/.test(part);
}
