import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { locateFile, splitUrlPath } from '../site/file-locator.js';
import type { Reply } from './reply.js';

/**
 * The media types of the files that are served. Other files in the docs folder, such as `.env`, may be
 * confidential.
 *
 * @example
 * STATIC_TYPES['.svg']; // 'image/svg+xml'
 */
export const STATIC_TYPES: Readonly<Record<string, string>> = {
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
 * Answers an image, video, font or PDF from the docs folder.
 *
 * @param urlPath the path inside the docs, such as `/images/logo.svg`.
 * @returns `undefined` if the file does not exist or has another type.
 * @example
 * const reply = await answerStaticFile('/srv/docs', '/images/logo.svg');
 */
export async function answerStaticFile(directory: string, urlPath: string): Promise<Reply | undefined> {
  const type = STATIC_TYPES[extname(urlPath).toLowerCase()];
  if (type === undefined) return undefined;
  const file = await locateFile(directory, splitUrlPath(urlPath) ?? []);
  return file && { status: 200, type, body: await readFile(file.absolutePath) };
}
