import { securityHeaders } from './security-headers.js';
import { isSendable } from '../shared/request-builder.js';
import { serverSources } from '../shared/server-sources.js';
import { readPlaygroundSettings } from '../relay/playground-settings.js';
import { LOGIN_PATHS } from '../shared/docs-path.js';
import type { PageData } from '../shared/page-data-types.js';
import { describeAccess } from '../site/access-notes.js';
import { canRead } from '../site/page-access.js';
import type { GeneratedFrom, SitePage } from '../site/page-access.js';
import type { Visitor } from '../shared/visitor-types.js';
import { operationOf, OPERATIONS_PATH } from './operation-endpoint.js';
import { titleFromPath } from '../site/page-path.js';
import { splitUrlPath } from '../site/file-locator.js';
import { findRedirect } from '../site/redirects.js';
import type { SiteRedirect } from '../site/redirects.js';
import { accessOf } from '../site/site-reader.js';
import type { Site } from '../site/site-reader.js';
import {
  CHANGES_PATH,
  INTERNAL_PATH,
  NAVIGATION_PATH,
  INPUTS_PATH,
  RELAY_PATH,
  SEARCH_PATH,
  VISITOR_PATH,
} from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { renderPage } from './page-template.js';
import type { PageReader } from './page-reader.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';

/**
 * Answers a docs page: the HTML shell and the data that the browser needs to render it. The content is loaded
 * as a module, and the navigation from a URL of its own. `/` is the index page, or the first page of the navigation that
 * the reader sees. A missing page gets a 404. In private docs, a page that the reader may not read is treated as missing. In public docs, everyone can read
 * any page by its URL (handshakes.md, section 2), and the browser knows what to list.
 *
 * @param urlPath the path inside the docs, such as `/quickstart`, without the base path.
 * @throws SiteError when docs.json cannot be read.
 * @example
 * sendReply(request, response, await answerPage(context, '/quickstart', {}));
 */
export async function answerPage(
  context: EmulatorContext,
  urlPath: string,
  reader: PageReader,
): Promise<Reply> {
  const { visitor, name } = reader;
  const known = await context.sites.read();
  const isPrivate = context.mode === 'authentication';
  const isAllowed = (page: SitePage): boolean => !isPrivate || canRead(accessOf(known, page), visitor);
  const { front } = context.navigations.of(known, reader);
  const found = await findPage(context, urlPath, front, isAllowed);
  // The first page that names an operation of any spec makes the site read them all. Other pages change nothing.
  const site = found?.page.frontMatter.operation ? await context.sites.read() : known;
  const navigation = context.navigations.of(site, reader);
  const knowsRedirects = !isPrivate || visitor !== undefined;
  const redirect = found || !knowsRedirects ? undefined : findRedirect(site.redirects, decodePath(urlPath));
  if (redirect) return redirectReply(redirect, context.basePath);
  const data: PageData = {
    siteName: site.name,
    colors: site.colors,
    looks: site.looks,
    navigationPath: `${context.basePath}${NAVIGATION_PATH}/${navigation.name}`,
    searchPath: context.basePath + SEARCH_PATH,
    navbarLinks: site.navbarLinks,
    iconLibrary: site.iconLibrary,
    ...(context.allowOrigins.length > 0 && { allowedOrigins: context.allowOrigins }),
    basePath: context.basePath,
    mode: context.mode,
    handshake: context.handshake,
    loginUrl: isPrivate ? LOGIN_PATHS.login : (context.loginUrls()[0]?.url ?? ''),
    sessionPath: `${context.basePath}${INTERNAL_PATH}/session`,
    playground: {
      ...readPlaygroundSettings(site.settings, found?.page.frontMatter.playground),
      relayPath: context.basePath + RELAY_PATH,
      inputsPath: context.basePath + INPUTS_PATH,
    },
    visitor,
    ...(context.feed && {
      changes: { path: context.basePath + CHANGES_PATH, version: context.feed.version },
    }),
    ...(context.visitorSwitch && {
      visitors: {
        path: context.basePath + VISITOR_PATH,
        names: context.visitorSwitch.visitors.map((each) => each.name),
        current: name ?? '',
      },
    }),
    page: found
      ? await describePage(context, found, { site, visitor })
      : { path: urlPath, title: 'Page not found', access: [] },
  };
  // Private docs give files only to visitors who are logged in.
  const hasAssets = !isPrivate || visitor !== undefined;
  const body = renderPage(data, {
    client: `${context.basePath}${INTERNAL_PATH}/client`,
    icon: site.favicon && context.basePath + site.favicon,
    ...(hasAssets && {
      scripts: site.assets.scripts.map((path) => context.basePath + path),
      styles: site.assets.styles.map((path) => context.basePath + path),
    }),
  });
  return {
    status: found ? 200 : 404,
    type: 'text/html; charset=utf-8',
    body,
    headers: apiHeaders(context, data),
  };
}

/** The page of an operation may connect to its API if the browser sends the requests of the playground. */
function apiHeaders(
  { handshake, allowOrigins }: EmulatorContext,
  { playground: { isDirect, display }, page }: PageData,
): Record<string, string> {
  const operation = page.api?.source?.operation;
  const isSent = isDirect && (display === 'interactive' || display === 'auth');
  return operation && isSent && isSendable(operation.method)
    ? securityHeaders(handshake, allowOrigins, serverSources(operation.servers))
    : {};
}

/** In private docs, what leads nowhere for this visitor looks missing there. */
function redirectReply({ destination, isPermanent }: SiteRedirect, basePath: string): Reply {
  const location = destination.startsWith('/') ? basePath + encodeURI(destination) : destination;
  return { ...textReply(isPermanent ? 308 : 307, ''), headers: { location } };
}

function decodePath(urlPath: string): string {
  return `/${(splitUrlPath(urlPath) ?? []).join('/')}`;
}

interface FoundPage {
  path: string;
  page: SitePage;
}

async function findPage(
  { sites }: EmulatorContext,
  urlPath: string,
  frontPath: string | undefined,
  isAllowed: (page: SitePage) => boolean,
): Promise<FoundPage | undefined> {
  const found = await sites.findPage(urlPath);
  if (found && isAllowed(found.page)) return found;
  const front = urlPath === '/' ? frontPath : undefined;
  const first = front === undefined ? undefined : await sites.findPage(encodeURI(front));
  return first && isAllowed(first.page) ? first : undefined;
}

/** A page has several URLs, such as `/guides` and `/guides/index`; the navigation names one of them. */
function listedPathOf({ navigations }: EmulatorContext, site: Site, path: string, file: string): string {
  const name = `/${file.replace(/\.mdx?$/, '')}`;
  return !navigations.lists(site, path) && navigations.lists(site, name) ? name : path;
}

async function describePage(
  context: EmulatorContext,
  { path, page }: FoundPage,
  { site, visitor }: { site: Site; visitor: Visitor | undefined },
): Promise<PageData['page']> {
  const { basePath, mode } = context;
  const { frontMatter, file, generated } = page;
  const listedPath = generated ? path : listedPathOf(context, site, path, file);
  const api = operationOf(context, { site, path: listedPath, page, visitor });
  const { title, description, deprecated = false } = site.operations.describe(listedPath, page) ?? {};
  const ownDescription = frontMatter.description ?? description;
  return {
    path: listedPath,
    title: frontMatter.title ?? title ?? titleFromPath(path),
    ...(ownDescription !== undefined && { description: ownDescription }),
    access: await describeAccess(site, page, mode),
    ...(api && { api }),
    ...((frontMatter.deprecated ?? deprecated) && { isDeprecated: true }),
    ...(generated ? generatedPaths(basePath, path, generated) : filePaths(basePath, file)),
  };
}

function filePaths(basePath: string, file: string) {
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  return {
    modulePath: `${basePath}${INTERNAL_PATH}/modules/${encoded}`,
    sourcePath: `${basePath}${INTERNAL_PATH}/sources/${encoded}`,
  };
}

/** A page that is made from an operation has a text only by `x-mint.content`. */
function generatedPaths(basePath: string, path: string, { content }: GeneratedFrom) {
  if (content === undefined) return {};
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return { modulePath: `${basePath}${OPERATIONS_PATH}/content${encoded}` };
}
