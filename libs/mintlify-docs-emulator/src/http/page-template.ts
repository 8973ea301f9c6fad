import type { PageData } from '../shared/page-data-types.js';
import { escapeHtml, escapeJson } from './html-escape.js';
import { renderHead } from './html-head.js';

/** URLs in the HTML shell of a page, as paths on the emulator's origin. */
export interface PageTemplatePaths {
  /** Folder of the client bundle. */
  client: string;
  /** The site's icon, if any. */
  icon?: string;
  /** The folder's own scripts and style sheets. */
  scripts?: readonly string[];
  styles?: readonly string[];
}

/**
 * Renders the HTML shell of a docs page. The first script removes a token from the URL before any other code
 * runs. The last renders the page.
 *
 * @example
 * renderPage(data, { client: '/_emulator/client' });
 */
export function renderPage(data: PageData, paths: PageTemplatePaths): string {
  const { page, siteName } = data;
  const description = page.description
    ? `<meta name="description" content="${escapeHtml(page.description)}">\n`
    : '';
  const styles = (paths.styles ?? [])
    .map((path) => `<link rel="stylesheet" href="${escapeHtml(path)}">\n`)
    .join('');
  const scripts = (paths.scripts ?? [])
    .map((path) => `<script defer src="${escapeHtml(path)}"></script>\n`)
    .join('');
  // As the client fetches it, so that it is loaded once.
  const navigation = `<link rel="preload" as="fetch" crossorigin href="${escapeHtml(data.navigationPath)}">\n`;
  // The client comes last, so that the folder's scripts hear the first `mintlify:user`.
  const client = `<script type="module" src="${escapeHtml(paths.client)}/client.js"></script>\n`;
  const head = renderHead({
    title: `${page.title} - ${siteName}`,
    client: paths.client,
    icon: paths.icon,
    modules: ['initial-fragment'],
    rest: description + navigation + styles + scripts + client,
  });
  return `${head}<body>
<div id="root"></div>
<noscript>Enable JavaScript to read these docs.</noscript>
<script type="application/json" id="page-data">${escapeJson(data)}</script>
</body>
</html>
`;
}
