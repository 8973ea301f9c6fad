import type { OAuthHandshake } from '../shared/handshake-types.js';
import { readReturnTo } from '../shared/return-to.js';
import { VisitorStore } from '../shared/visitor-store.js';
import { applyColors } from './colors.js';
import { loginData, showLoginFailure } from './login-page.js';
import { callbackParameters } from './oauth-callback-parameters.js';
import { finishAuthorization } from './oauth-flow.js';

/** The OAuth callback page: completes the login, and returns to the page where it began. */
async function logIn(handshake: OAuthHandshake): Promise<void> {
  const { basePath } = loginData;
  const { answer, returnTo } = await finishAuthorization(handshake, basePath, callbackParameters);
  if (!('visitor' in answer)) {
    return showLoginFailure('error' in answer ? answer.error : 'The API does not know this visitor.');
  }
  new VisitorStore(localStorage, sessionStorage, Date.now).save(answer.visitor);
  location.replace(readReturnTo(returnTo, basePath));
}

applyColors(loginData.colors);
if (loginData.handshake?.type === 'oauth') void logIn(loginData.handshake);
