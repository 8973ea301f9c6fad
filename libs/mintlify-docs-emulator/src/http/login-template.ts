import type { LoginPageData, SiteColors } from '../shared/page-data-types.js';
import type { DocsHandshake } from '../shared/handshake-types.js';
import { escapeHtml, escapeJson } from './html-escape.js';

/** One of the pages that a login goes through. */
export interface LoginPage {
  kind: LoginPageData['kind'];
  /** The logins to go on to, each with the page to come back to; empty where the visitor is asked first. */
  choices: readonly { name: string; href: string }[];
  /** Link that starts the login again. */
  retryHref: string;
}

/** What the pages of a login show of the site. */
export interface LoginPageSite {
  siteName: string;
  colors: SiteColors;
  /** The site's icon; absent for none. */
  icon?: string;
  /** Folder of the client bundle. */
  client: string;
  /** The endpoint that checks a token, as a path on this origin. */
  sessionPath: string;
  /** `''`, or a path such as `/docs`; absent for none. */
  basePath?: string;
  /** Absent in private docs. */
  handshake?: DocsHandshake;
  /** A page that anybody may read; absent for none. */
  publicPath?: string;
}

const HEADINGS: Readonly<Record<LoginPage['kind'], string>> = {
  forward: 'Log in',
  choose: 'Log in',
  callback: 'Logging in',
  'logged-out': 'You are logged out',
  'session-over': 'Your session is over',
  'oauth-callback': 'Logging in',
};

/** The scripts of the pages that take what the login sends. */
const SCRIPTS: Partial<Record<LoginPage['kind'], string[]>> = {
  callback: ['callback-token', 'callback'],
  'oauth-callback': ['oauth-callback-parameters', 'oauth-callback'],
};

/**
 * Renders a page that a login goes through. Each takes a token or an anchor out of the address before anything
 * else happens; without JavaScript the login works too, but for the anchor and the token itself.
 *
 * @example
 * renderLoginPage({ kind: 'logged-out', choices: [], retryHref: '/login?redirect=%2F' }, site);
 */
export function renderLoginPage(page: LoginPage, site: LoginPageSite): string {
  const heading = HEADINGS[page.kind];
  const scripts = SCRIPTS[page.kind] ?? ['initial-fragment', 'login'];
  const client = escapeHtml(site.client);
  const { colors, sessionPath, basePath = '', handshake } = site;
  const data: LoginPageData = { kind: page.kind, colors, sessionPath, basePath, handshake };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(`${heading} - ${site.siteName}`)}</title>
<link rel="icon" href="${escapeHtml(site.icon ?? 'data:,')}">
<link rel="stylesheet" href="${client}/style.css">
${scripts.map((name) => `<script type="module" src="${client}/${name}.js"></script>`).join('\n')}
${forwardWithoutScript(page)}</head>
<body class="login-body">
<main class="login-page">
<p class="site-name"><span class="site-mark" aria-hidden="true"></span>${escapeHtml(site.siteName)}</p>
<div id="login">
<h1>${heading}</h1>
${renderBody(page, site.publicPath)}
</div>
<div id="login-failure" hidden>
<h1>The login did not work</h1>
<p id="login-failure-text" class="login-alert" role="alert"></p>
<p><a class="button" href="${escapeHtml(page.retryHref)}">${page.kind === 'oauth-callback' ? 'Back to the docs' : 'Log in again'}</a></p>
</div>
</main>
<script type="application/json" id="login-data">${escapeJson(data)}</script>
</body>
</html>
`;
}

function forwardWithoutScript({ kind, choices }: LoginPage): string {
  const href = kind === 'forward' ? choices[0]?.href : undefined;
  return href === undefined
    ? ''
    : `<noscript><meta http-equiv="refresh" content="0; url=${escapeHtml(href)}"></noscript>\n`;
}

function renderBody({ kind, choices, retryHref }: LoginPage, publicPath: string | undefined): string {
  const links = choices.map(
    ({ name, href }) =>
      `<a data-login class="login-choice" href="${escapeHtml(href)}">${escapeHtml(name)}</a>`,
  );
  const open = publicPath && `<a class="plain-button" href="${escapeHtml(publicPath)}">Public pages</a>`;
  const actions = `<p class="login-actions"><a class="button" href="${escapeHtml(retryHref)}">Log in</a>${open ?? ''}</p>`;
  switch (kind) {
    case 'forward':
      return `<p>Taking you there. If nothing happens, use the link.</p>\n${links.join('')}`;
    case 'choose':
      return `<p>These docs are private. Choose how you log in.</p>
<ul class="login-choices" aria-label="Ways to log in">${links.map((link) => `<li>${link}</li>`).join('')}</ul>`;
    case 'callback':
    case 'oauth-callback':
      return '<p role="status">One moment.</p>\n<noscript><p>Logging in to these docs needs JavaScript.</p></noscript>';
    case 'logged-out':
      return `<p>Private pages need a login from here on.</p>\n${actions}`;
    case 'session-over':
      return `<p>It ended at the time that your login had set. Log in retryHref to read on.</p>\n${actions}`;
  }
}
