import type { LoginPageData, SiteColors } from '../shared/page-data-types.js';
import type { DocsHandshake } from '../shared/handshake-types.js';
import { escapeHtml, escapeJson } from './html-escape.js';
import { renderHead } from './html-head.js';

/** One of the pages of a login. */
export interface LoginPage {
  kind: LoginPageData['kind'];
  /** The available logins, each with the page to return to; empty if the page lists none. */
  choices: readonly { name: string; href: string }[];
  /** Link that starts the login again. */
  retryHref: string;
}

/** What the login pages need to know about the site. */
export interface LoginPageSite {
  siteName: string;
  colors: SiteColors;
  /** The site's icon, if any. */
  icon?: string;
  /** Folder of the client bundle. */
  client: string;
  /** The endpoint that verifies a token, as a path on this origin. */
  sessionPath: string;
  /** `''`, or a path such as `/docs`. Default: `''`. */
  basePath?: string;
  /** Absent for private docs. */
  handshake?: DocsHandshake;
  /** A page that can be read without a login, if any. */
  publicPath?: string;
}

const HEADINGS: Readonly<Record<LoginPage['kind'], string>> = {
  forward: 'Log in',
  choose: 'Log in',
  callback: 'Logging in',
  'logged-out': 'You are logged out',
  'session-over': 'Your session has ended',
  'oauth-callback': 'Logging in',
};

/** The scripts of the callback pages. */
const SCRIPTS: Partial<Record<LoginPage['kind'], string[]>> = {
  callback: ['callback-token', 'callback'],
  'oauth-callback': ['oauth-callback-parameters', 'oauth-callback'],
};

/**
 * Renders a login page. Its first script removes a token or code from the URL before anything else runs.
 * Without JavaScript, the redirect to the login works, but without the anchor.
 *
 * @example
 * renderLoginPage({ kind: 'logged-out', choices: [], retryHref: '/login?redirect=%2F' }, site);
 */
export function renderLoginPage(page: LoginPage, site: LoginPageSite): string {
  const heading = HEADINGS[page.kind];
  const { colors, sessionPath, basePath = '', handshake } = site;
  const data: LoginPageData = { kind: page.kind, colors, sessionPath, basePath, handshake };
  const head = renderHead({
    title: `${heading} - ${site.siteName}`,
    client: site.client,
    icon: site.icon,
    modules: SCRIPTS[page.kind] ?? ['initial-fragment', 'login'],
    rest: `<meta name="robots" content="noindex">\n${forwardWithoutScript(page)}`,
  });
  return `${head}<body class="login-body">
<main class="login-page">
<p class="site-name"><span class="site-mark" aria-hidden="true"></span>${escapeHtml(site.siteName)}</p>
<div id="login">
<h1>${heading}</h1>
${renderBody(page, site.publicPath)}
</div>
<div id="login-failure" hidden>
<h1>Login failed</h1>
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
      return `<p>Redirecting. If nothing happens, use this link.</p>\n${links.join('')}`;
    case 'choose':
      return `<p>These docs are private. Choose how to log in.</p>
<ul class="login-choices" aria-label="Ways to log in">${links.map((link) => `<li>${link}</li>`).join('')}</ul>`;
    case 'callback':
    case 'oauth-callback':
      return '<p role="status">One moment…</p>\n<noscript><p>Enable JavaScript to log in to these docs.</p></noscript>';
    case 'logged-out':
      return `<p>Log in to read the private pages.</p>\n${actions}`;
    case 'session-over':
      return `<p>Your login has expired. Log in again to continue.</p>\n${actions}`;
  }
}
