import { readFile } from 'node:fs/promises';
import type { NavigationTab } from '../shared/navigation.types.js';
import type { PageData } from '../shared/page-data.types.js';
import { locatePage, splitUrlPath } from '../site/file.locator.js';
import type { LocatedFile } from '../site/file.locator.js';
import { readFrontMatter } from '../site/front-matter.reader.js';
import type { FrontMatter } from '../site/front-matter.reader.js';
import { buildNavigation, frontPage, titleFromPath } from '../site/navigation.builder.js';
import { readSite } from '../site/site.reader.js';
import { OWN_FOLDER } from './emulator.context.js';
import type { EmulatorContext } from './emulator.context.js';
import { renderPage } from './page.template.js';
import type { Reply } from './reply.js';

/**
 * Answers a docs page: the frame in HTML, with what the client needs to draw it. The page's own content comes
 * as a module. `/` is the index page, or the first page of the navigation. Without such a page the answer is
 * 404 and the frame says so.
 *
 * @param urlPath path inside the docs, such as `/quickstart`, without the base path.
 * @throws SiteError when docs.json cannot be read.
 * @example
 * sendReply(request, response, await answerPage(context, '/quickstart'));
 */
export async function answerPage(context: EmulatorContext, urlPath: string): Promise<Reply> {
  const site = await readSite(context.directory);
  const navigation = await buildNavigation(context.directory, site.navigation);
  const found = await findPage(context.directory, urlPath, navigation);
  const data: PageData = {
    siteName: site.name,
    colors: site.colors,
    navigation,
    navbarLinks: site.navbarLinks,
    basePath: context.basePath,
    loginUrl: context.loginUrls[0]?.url ?? '',
    sessionPath: `${context.basePath}${OWN_FOLDER}/session`,
    page: found ? await describePage(context, found) : { path: urlPath, title: 'Page not found' },
  };
  const body = renderPage(data, {
    client: `${context.basePath}${OWN_FOLDER}/client`,
    icon: site.favicon && context.basePath + site.favicon,
  });
  return { status: found ? 200 : 404, type: 'text/html; charset=utf-8', body };
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

async function describePage(context: EmulatorContext, { path, file }: FoundPage): Promise<PageData['page']> {
  const frontMatter = await readFrontMatterLeniently(file);
  const encoded = file.relativePath.split('/').map(encodeURIComponent).join('/');
  return {
    path,
    title: frontMatter.title ?? titleFromPath(path),
    description: frontMatter.description,
    modulePath: `${context.basePath}${OWN_FOLDER}/modules/${encoded}`,
  };
}

// The page's module shows what is wrong with the front matter.
async function readFrontMatterLeniently(file: LocatedFile): Promise<FrontMatter> {
  try {
    return readFrontMatter(await readFile(file.absolutePath, 'utf8'), file.relativePath);
  } catch {
    return {};
  }
}
