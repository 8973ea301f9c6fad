import { docsPath } from '../shared/docs-path.js';
import { initialToken, takeTokenFromUrl } from './callback-token.js';
import { applyColors } from './colors.js';
import { loginData, showLoginFailure } from './login-page.js';
import { verifyOnServer } from './session-client.js';

/** The callback page of private docs: verifies the token, and then opens the requested page. */
async function logIn(token: string): Promise<void> {
  const answer = await verifyOnServer(loginData.sessionPath, token);
  if ('visitor' in answer) location.replace(docsPath(new URLSearchParams(location.search).get('redirect')));
  else showLoginFailure(answer.refusal.message);
}

applyColors(loginData.colors);
// A token may also arrive while the page is open, if only the fragment changes.
addEventListener('hashchange', () => {
  const token = takeTokenFromUrl();
  if (token) void logIn(token);
});
void logIn(initialToken);
