import type { ChangeSource } from '../shared/page-data-types.js';
import { escapeHtml, escapeJson } from './html-escape.js';
import { renderHead } from './html-head.js';

/**
 * Renders the page that is shown instead of every page while docs.json cannot be read. It loads again when that
 * changes.
 *
 * @param client folder of the client bundle.
 * @example
 * renderFault('docs.json:3: not valid JSON', { path: '/_emulator/changes', version: 'a-0' }, '/_emulator/client');
 */
export function renderFault(message: string, changes: ChangeSource, client: string): string {
  return `${renderHead({ title: 'The docs cannot be shown', client, modules: ['site-fault'] })}<body>
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
