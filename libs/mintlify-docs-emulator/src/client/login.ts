import { docsPath } from '../shared/docs.path.js';
import { loginLink } from '../shared/login.link.js';
import { arrival } from './arrival.js';
import { applyColors } from './colors.js';
import { finishLoginPage, loginData, showLoginFailure } from './login.page.js';
import { STRAY_TOKEN } from './stray.token.js';

/**
 * The login page of private docs: puts the anchor, which no server sees, into `redirect` of each link, and goes
 * on at once where there is nothing to choose.
 */
function draw(): void {
  applyColors(loginData.colors);
  // Going on would send the visitor round in circles, for the next login ends here again.
  if (arrival.token !== undefined) return showLoginFailure(STRAY_TOKEN);
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-login]')];
  for (const link of links) link.href = loginLink(link.href, { path: wantedPage(), anchor: '' });
  if (loginData.kind === 'forward' && links[0]) location.replace(links[0].href);
  else finishLoginPage();
}

function wantedPage(): string {
  const target = docsPath(new URLSearchParams(location.search).get('redirect'));
  const anchor = arrival.cleanFragment;
  return anchor ? docsPath(target.replace(/#.*$/, '') + anchor) : target;
}

draw();
