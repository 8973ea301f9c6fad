import type { PageData } from '../shared/page-data-types.js';
import { escapeHtml, escapeJson } from './html-escape.js';

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
  const title = escapeHtml(`${data.page.title} - ${data.siteName}`);
  const description = data.page.description
    ? `<meta name="description" content="${escapeHtml(data.page.description)}">\n`
    : '';
  // Before the client, so that they hear the first `mintlify:user`.
  const scripts = (paths.scripts ?? [])
    .map((path) => `<script defer src="${escapeHtml(path)}"></script>\n`)
    .join('');
  const styles = (paths.styles ?? [])
    .map((path) => `<link rel="stylesheet" href="${escapeHtml(path)}">\n`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${description}<link rel="icon" href="${escapeHtml(paths.icon ?? 'data:,')}">
<link rel="stylesheet" href="${escapeHtml(paths.client)}/style.css">
${styles}<script type="module" src="${escapeHtml(paths.client)}/initial-fragment.js"></script>
${scripts}<script type="module" src="${escapeHtml(paths.client)}/client.js"></script>
</head>
<body>
<div id="root"></div>
<noscript>Enable JavaScript to read these docs.</noscript>
<script type="application/json" id="page-data">${escapeJson(data)}</script>
</body>
</html>
`;
}
