import { docsPath } from '../shared/docs-path.js';
import { loginLink } from '../shared/login-link.js';
import { initialFragment } from './initial-fragment.js';
import { applyColors } from './colors.js';
import { finishLoginPage, loginData, showLoginFailure } from './login-page.js';
import { LEAKED_TOKEN } from './leaked-token.js';

/**
 * The login page of private docs: adds the anchor, which no server sees, to `redirect` of each link. If there
 * is only one login, it goes there at once.
 */
function render(): void {
  applyColors(loginData.colors);
  // Redirecting again would cause a loop.
  if (initialFragment.token !== undefined) return showLoginFailure(LEAKED_TOKEN);
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-login]')];
  for (const link of links) link.href = loginLink(link.href, { path: requestedPage(), anchor: '' });
  if (loginData.kind === 'forward' && links[0]) location.replace(links[0].href);
  else finishLoginPage();
}

function requestedPage(): string {
  const target = docsPath(new URLSearchParams(location.search).get('redirect'));
  const anchor = initialFragment.cleanFragment;
  return anchor ? docsPath(target.replace(/#.*$/, '') + anchor) : target;
}

render();
