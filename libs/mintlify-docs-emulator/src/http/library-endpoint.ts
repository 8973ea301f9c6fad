import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';

/** The packages whose files pages load on need, each by a file inside the folder that is served. */
const LIBRARIES: Readonly<Record<string, string>> = {
  katex: 'katex/dist/katex.min.css',
  mermaid: '@mermaid-js/tiny/dist/mermaid.tiny.js',
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};
const PATH = /^(?<name>[a-z]+)\/(?<file>(?:[\w-]+\/)?[\w-][\w.-]*)$/;
const resolvePath = createRequire(import.meta.url).resolve;

/** These files change only with the version of a package. */
export const CACHE_HEADERS: Readonly<Record<string, string>> = { 'cache-control': 'public, max-age=3600' };

/**
 * Answers a file of a package that a page needs: the style sheet and the fonts of formulas, and the code that draws
 * diagrams. Nothing else of `node_modules` can be read here.
 *
 * @param path the library and the file, such as `katex/fonts/KaTeX_Main-Regular.woff2`.
 * @example
 * const reply = await answerLibraryFile('katex/katex.min.css');
 */
export async function answerLibraryFile(path: string): Promise<Reply> {
  const { name = '', file = '' } = PATH.exec(path)?.groups ?? {};
  const type = TYPES[extname(file)];
  const entry = Object.hasOwn(LIBRARIES, name) ? LIBRARIES[name] : undefined;
  if (type === undefined || entry === undefined) return textReply(404, 'File not found.');
  try {
    const body = await readFile(join(dirname(resolvePath(entry)), file));
    return { status: 200, type, body, headers: CACHE_HEADERS };
  } catch {
    return textReply(404, 'File not found.');
  }
}
