import { docsPath } from '../shared/docs.path.js';
import { arrivedToken, takeToken } from './callback.arrival.js';
import { applyColors } from './colors.js';
import { loginData, showLoginFailure } from './login.page.js';
import { askSession } from './session.client.js';

/** The callback page of private docs: has the token checked, and goes on to the page that was asked for. */
async function logIn(token: string): Promise<void> {
  const answer = await askSession(loginData.sessionPath, token);
  if ('visitor' in answer) location.replace(docsPath(new URLSearchParams(location.search).get('redirect')));
  else showLoginFailure(answer.refusal.message);
}

applyColors(loginData.colors);
// A token may also come while the page is open: the address changes in its fragment alone.
addEventListener('hashchange', () => {
  const token = takeToken();
  if (token) void logIn(token);
});
void logIn(arrivedToken);
