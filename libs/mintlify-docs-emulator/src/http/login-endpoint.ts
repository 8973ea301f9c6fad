import { docsPath, LOGIN_PATHS } from '../shared/docs-path.js';
import { loginLink } from '../shared/login-link.js';
import { navigationFor } from '../site/page-access.js';
import { frontPath } from '../site/site-reader.js';
import { INTERNAL_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { renderLoginPage } from './login-template.js';
import type { LoginPage } from './login-template.js';
import type { Reply } from './reply.js';

/**
 * Redirects an anonymous visitor to the login. Browsers go through the docs' own login page, which adds the
 * anchor to `redirect`: the browser keeps the anchor across redirects, but no server sees it. Other clients are
 * redirected to the login URL directly, if there is only one.
 *
 * @param target path and query of the requested page, unchanged.
 * @param accept the `Accept` header of the request.
 * @example
 * const reply = redirectToLogin(context, '/quickstart', request.headers.accept);
 */
export function redirectToLogin(
  { loginUrls }: Pick<EmulatorContext, 'loginUrls'>,
  target: string,
  accept = '',
): Reply {
  const path = docsPath(target);
  const [first, ...others] = loginUrls();
  const isPage = /\btext\/html\b/i.test(accept);
  const location =
    first && others.length === 0 && !isPage
      ? loginLink(first.url, { path, anchor: '' })
      : `${LOGIN_PATHS.login}?redirect=${encodeURIComponent(path)}`;
  return { status: 302, type: 'text/plain; charset=utf-8', body: '', headers: { location, vary: 'Accept' } };
}

/**
 * Answers one of the login pages, or returns `undefined` for any other path.
 *
 * @param path the path inside the docs.
 * @param query the query of the URL, with or without `?`.
 * @throws SiteError when docs.json cannot be read.
 * @example
 * const reply = await answerLoginPage(context, '/login', '?redirect=%2Fquickstart');
 */
export async function answerLoginPage(
  context: EmulatorContext,
  path: string,
  query: string,
): Promise<Reply | undefined> {
  const target = docsPath(new URLSearchParams(query).get('redirect'));
  const page = loginPage(context, path, target);
  if (!page) return undefined;
  const site = await context.sites.read();
  const open = navigationFor(site.navigation, { visitor: undefined, mode: context.mode });
  const body = renderLoginPage(page, {
    siteName: site.name,
    colors: site.colors,
    icon: site.favicon,
    client: `${INTERNAL_PATH}/client`,
    sessionPath: `${INTERNAL_PATH}/session`,
    publicPath: frontPath(open),
  });
  return { status: 200, type: 'text/html; charset=utf-8', body };
}

function loginPage({ loginUrls }: EmulatorContext, path: string, target: string): LoginPage | undefined {
  const retryHref = `${LOGIN_PATHS.login}?redirect=${encodeURIComponent(target)}`;
  switch (path) {
    case LOGIN_PATHS.login: {
      const choices = loginUrls().map(({ name, url }) => ({
        name,
        href: loginLink(url, { path: target, anchor: '' }),
      }));
      return { kind: choices.length > 1 ? 'choose' : 'forward', choices, retryHref };
    }
    case LOGIN_PATHS.callback:
      return { kind: 'callback', choices: [], retryHref };
    case LOGIN_PATHS.loggedOut:
      return { kind: 'logged-out', choices: [], retryHref };
    case LOGIN_PATHS.sessionOver:
      return { kind: 'session-over', choices: [], retryHref };
    default:
      return undefined;
  }
}
