import { escapeHtml } from './html-escape.js';

/** What the heads of the emulator's pages differ in. */
export interface HtmlHead {
  title: string;
  /** Folder of the client bundle. */
  client: string;
  /** The site's icon. Default: none. */
  icon?: string;
  /** The modules of the client bundle that the page runs, in this order. */
  modules: readonly string[];
  /** Elements for the end of the head, as HTML. */
  rest?: string;
}

/**
 * Renders the start of a page up to its body, for light and dark mode, with the emulator's style sheet.
 *
 * @example
 * renderHead({ title: 'Log in - Acme', client: '/_emulator/client', modules: ['login'] });
 */
export function renderHead({ title, client, icon = 'data:,', modules, rest = '' }: HtmlHead): string {
  const folder = escapeHtml(client);
  const scripts = modules.map((name) => `<script type="module" src="${folder}/${name}.js"></script>\n`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${escapeHtml(icon)}">
<link rel="stylesheet" href="${folder}/style.css">
${scripts.join('')}${rest}</head>
`;
}
