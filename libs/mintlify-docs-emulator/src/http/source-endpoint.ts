import { readFile } from 'node:fs/promises';
import { locateFile, splitUrlPath } from '../site/file-locator.js';
import { withoutFrontMatter } from '../site/front-matter-reader.js';
import { titleFromPath } from '../site/page-path.js';
import { replaceVariables } from '../mdx/variables.js';
import type { EmulatorContext } from './emulator-context.js';
import type { ModuleFilter } from './module-endpoint.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';

/**
 * Answers the Markdown of a page, for readers who copy it: its title and description, and its text with the variables
 * of docs.json.
 *
 * @param urlPath the file's path inside the docs folder, such as `/quickstart.mdx`.
 * @param isAllowed files that it excludes are treated as missing.
 * @example
 * const reply = await answerSource(context, '/quickstart.mdx', () => true);
 */
export async function answerSource(
  { directory, sites }: EmulatorContext,
  urlPath: string,
  isAllowed: ModuleFilter = () => true,
): Promise<Reply> {
  const parts = splitUrlPath(urlPath);
  const file = parts && /\.mdx?$/.test(urlPath) ? await locateFile(directory, parts) : undefined;
  const page =
    file && (await isAllowed(file.relativePath)) ? await sites.readPage(file.relativePath) : undefined;
  if (!file || !page) return textReply(404, 'The docs folder has no such page.');
  const { variables } = await sites.read();
  const source = withoutFrontMatter(await readFile(file.absolutePath, 'utf8'));
  const { title, description } = page.frontMatter;
  const head = `# ${title ?? titleFromPath(`/${page.file.replace(/\.mdx?$/, '')}`)}\n`;
  const lead = description === undefined ? '' : `\n> ${description.replaceAll(/\s*\n\s*/g, ' ')}\n`;
  return {
    status: 200,
    type: 'text/markdown; charset=utf-8',
    body: `${head}${lead}\n${replaceVariables(source, variables).trim()}\n`,
  };
}
