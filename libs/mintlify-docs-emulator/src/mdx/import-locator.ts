import { extname, posix } from 'node:path';
import { locateFile } from '../site/file-locator.js';
import type { LocatedFile } from '../site/file-locator.js';

/**
 * Finds the file that an import means: relative, from the root of the docs folder, or of `snippets`, with or without its
 * ending.
 *
 * @param path as the import names it.
 * @param from the importing file, by its path inside the docs folder.
 * @returns `undefined` if there is none, or if it is hidden, outside the folder, or a package.
 * @example
 * await locateImport('/srv/docs', './button', 'guides/start.mdx'); // { relativePath: 'guides/button.jsx', … }
 */
export async function locateImport(
  directory: string,
  path: string,
  from: string,
): Promise<LocatedFile | undefined> {
  const isRelative = /^\.{1,2}\//.test(path);
  if (!isRelative && !path.startsWith('/') && !path.startsWith('snippets/')) return undefined;
  const whole = isRelative ? posix.join(posix.dirname(from), path) : path.replace(/^\/+/, '');
  const parts = posix.normalize(whole).split('/');
  if (parts.some((part) => part.startsWith('.') || part === 'node_modules')) return undefined;
  const endings = extname(whole) === '' ? ['.mdx', '.jsx', '.tsx', '.md', '.js', '.ts', ''] : [''];
  // `<Snippet file>` of older sites means a file of `_snippets`.
  const folders = parts[0] === 'snippets' ? [parts, ['_snippets', ...parts.slice(1)]] : [parts];
  for (const names of folders) {
    for (const ending of endings) {
      const candidate = [...names.slice(0, -1), `${names.at(-1)}${ending}`];
      const file = await locateFile(directory, candidate);
      if (file) return { ...file, relativePath: candidate.join('/') };
    }
  }
  return undefined;
}
