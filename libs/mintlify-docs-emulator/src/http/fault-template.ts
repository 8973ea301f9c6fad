import type { ChangeSource } from '../shared/page-data-types.js';
import { escapeHtml, escapeJson } from './html-escape.js';

/**
 * Renders the page that is shown instead of every page while docs.json cannot be read. It loads again when that
 * changes.
 *
 * @param client folder of the client bundle.
 * @example
 * renderFault('docs.json:3: not valid JSON', { path: '/_emulator/changes', version: 'a-0' }, '/_emulator/client');
 */
export function renderFault(message: string, changes: ChangeSource, client: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The docs cannot be shown</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeHtml(client)}/style.css">
<script type="module" src="${escapeHtml(client)}/site-fault.js"></script>
</head>
<body>
<main id="content">
<section class="callout callout-error" aria-label="Page error" data-testid="page-error">
<p class="callout-title">The docs cannot be shown</p>
<pre class="error-reason">${escapeHtml(message)}</pre>
</section>
</main>
<script type="application/json" id="changes">${escapeJson(changes)}</script>
</body>
</html>
`;
}
