import { readFile } from 'node:fs/promises';
import { LOGIN_PATHS } from '../shared/docs-path.js';
import { filterNavigation } from '../shared/navigation-filter.js';
import type { NavigationTab } from '../shared/navigation-types.js';
import type { PageData } from '../shared/page-data-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import { locatePage, splitUrlPath } from '../site/file-locator.js';
import type { LocatedFile } from '../site/file-locator.js';
import { readFrontMatterLeniently } from '../site/front-matter-reader.js';
import { buildNavigation, frontPage, publicFiles, titleFromPath } from '../site/navigation-builder.js';
import type { PageRule } from '../site/page-access.js';
import { readSite } from '../site/site-reader.js';
import { INTERNAL_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { renderPage } from './page-template.js';
import type { Reply } from './reply.js';

/** Who requests a page, and which pages they may read. */
export interface PageReader {
  /** Absent if anonymous, or known only to the browser. */
  visitor?: Visitor;
  canRead(page: PageRule): boolean;
}

/**
 * The reader of public docs: anyone can read any page by its URL (handshakes.md, section 2).
 *
 * @example
 * await answerPage(context, '/quickstart', ANONYMOUS_READER);
 */
export const ANONYMOUS_READER: PageReader = { canRead: () => true };

const NO_FILES: ReadonlySet<string> = new Set();

/**
 * Answers a docs page: the HTML shell and the data that the browser needs to render it. The content is loaded
 * as a module. `/` is the index page, or the first page of the navigation. A missing page gets a 404. A page
 * that the reader may not read is treated as missing.
 *
 * @param urlPath the path inside the docs, such as `/quickstart`, without the base path.
 * @throws SiteError when docs.json cannot be read.
 * @example
 * sendReply(request, response, await answerPage(context, '/quickstart', ANONYMOUS_READER));
 */
export async function answerPage(
  context: EmulatorContext,
  urlPath: string,
  reader: PageReader,
): Promise<Reply> {
  const site = await readSite(context.directory);
  const listed = await buildNavigation(context.directory, site.navigation);
  const navigation = filterNavigation(listed, (page) => reader.canRead(page));
  const found = await findPage(context.directory, urlPath, navigation);
  const open = reader === ANONYMOUS_READER ? NO_FILES : await publicFiles(context.directory, listed);
  const page = found && (await describePage(context, found, reader, open));
  const data: PageData = {
    siteName: site.name,
    colors: site.colors,
    navigation,
    navbarLinks: site.navbarLinks,
    basePath: context.basePath,
    mode: context.mode,
    handshake: context.handshake,
    loginUrl: context.mode === 'authentication' ? LOGIN_PATHS.login : (context.loginUrls()[0]?.url ?? ''),
    sessionPath: `${context.basePath}${INTERNAL_PATH}/session`,
    visitor: reader.visitor,
    page: page ?? { path: urlPath, title: 'Page not found' },
  };
  const body = renderPage(data, {
    client: `${context.basePath}${INTERNAL_PATH}/client`,
    icon: site.favicon && context.basePath + site.favicon,
  });
  return { status: page ? 200 : 404, type: 'text/html; charset=utf-8', body };
}

interface FoundPage {
  path: string;
  file: LocatedFile;
}

async function findPage(
  directory: string,
  urlPath: string,
  navigation: readonly NavigationTab[],
): Promise<FoundPage | undefined> {
  const parts = splitUrlPath(urlPath);
  const file = parts && (await locatePage(directory, parts));
  if (file) return { path: `/${parts.join('/')}`, file };
  const front = parts?.length === 0 ? frontPage(navigation) : undefined;
  const frontParts = front && splitUrlPath(encodeURI(front.path));
  const frontFile = frontParts && (await locatePage(directory, frontParts));
  return frontFile && { path: front.path, file: frontFile };
}

async function describePage(
  context: EmulatorContext,
  { path, file }: FoundPage,
  reader: PageReader,
  open: ReadonlySet<string>,
): Promise<PageData['page'] | undefined> {
  // The page's module reports errors in the front matter.
  const frontMatter = readFrontMatterLeniently(await readFile(file.absolutePath, 'utf8'), file.relativePath);
  const isPublic = frontMatter.isPublic || open.has(file.relativePath);
  if (!reader.canRead({ ...frontMatter, isPublic })) return undefined;
  const encoded = file.relativePath.split('/').map(encodeURIComponent).join('/');
  return {
    path,
    title: frontMatter.title ?? titleFromPath(path),
    description: frontMatter.description,
    modulePath: `${context.basePath}${INTERNAL_PATH}/modules/${encoded}`,
  };
}
