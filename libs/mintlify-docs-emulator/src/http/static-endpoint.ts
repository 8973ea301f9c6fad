import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { locateFile, splitUrlPath } from '../site/file-locator.js';
import type { EmulatorContext } from './emulator-context.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';

/** Files are sent whole. */
const MAX_STATIC_BYTES = 100_000_000;

/**
 * The media types of the files that are served. Other files in the docs folder, such as `.env`, may be
 * confidential.
 *
 * @example
 * STATIC_TYPES['.svg']; // 'image/svg+xml'
 */
export const STATIC_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Answers an image, video, font, PDF, script or style sheet from the docs folder. `node_modules` and `snippets` have none.
 *
 * @param urlPath the path inside the docs, such as `/images/logo.svg`.
 * @returns `undefined` if the file does not exist or has another type.
 * @example
 * const reply = await answerStaticFile(context, '/images/logo.svg');
 */
export async function answerStaticFile(
  { directory, sites }: Pick<EmulatorContext, 'directory' | 'sites'>,
  urlPath: string,
): Promise<Reply | undefined> {
  const type = STATIC_TYPES[extname(urlPath).toLowerCase()];
  if (type === undefined) return undefined;
  const parts = splitUrlPath(urlPath) ?? [];
  if (
    parts.some((part) => part === 'node_modules') ||
    (parts[0] === 'snippets' && /^\.(?:js|css)$/.test(extname(urlPath)))
  ) {
    return undefined;
  }
  const file = await locateFile(directory, parts);
  if (!file || sites.isIgnored(file.relativePath)) return undefined;
  const { size } = await stat(file.absolutePath);
  if (size > MAX_STATIC_BYTES) return textReply(413, `The file is over ${MAX_STATIC_BYTES} bytes.`);
  return { status: 200, type, body: await readFile(file.absolutePath) };
}
