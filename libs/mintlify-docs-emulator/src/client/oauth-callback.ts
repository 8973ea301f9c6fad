import type { OAuthHandshake } from '../shared/handshake.types.js';
import { returnPlace } from '../shared/return.place.js';
import { VisitorStore } from '../shared/visitor.store.js';
import { applyColors } from './colors.js';
import { loginData, showLoginFailure } from './login.page.js';
import { arrivedParameters } from './oauth-callback.arrival.js';
import { finishAuthorization } from './oauth.flow.js';

/** The page that the authorization server sends the visitor back to: ends the login, and goes on to where it began. */
async function logIn(handshake: OAuthHandshake): Promise<void> {
  const { basePath } = loginData;
  const { answer, place } = await finishAuthorization(handshake, basePath, arrivedParameters);
  if (!('visitor' in answer)) {
    return showLoginFailure('trouble' in answer ? answer.trouble : 'The API knows no such visitor.');
  }
  new VisitorStore(localStorage, sessionStorage, Date.now).save(answer.visitor);
  location.replace(returnPlace(place, basePath));
}

applyColors(loginData.colors);
if (loginData.handshake?.type === 'oauth') void logIn(loginData.handshake);
