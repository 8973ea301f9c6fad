import type { LoginPageData } from '../shared/page-data-types.js';

/** What the server sent with this page of a login. */
export const loginData: LoginPageData = JSON.parse(
  document.getElementById('login-data')?.textContent ?? '{}',
);

/**
 * Shows in words why the login did not work, in place of what the page showed before.
 *
 * @example
 * showLoginFailure('The token expired 3 seconds ago.');
 */
export function showLoginFailure(message: string): void {
  const text = document.getElementById('login-failure-text');
  document.getElementById('login')?.setAttribute('hidden', '');
  document.getElementById('login-failure')?.removeAttribute('hidden');
  document.title = document.title.replace(/^.*? - /, 'The login did not work - ');
  // Written last, so that a screen reader reads it out.
  if (text) text.textContent = message;
  finishLoginPage();
}

/**
 * Says that the page is drawn and has nothing more to do.
 *
 * @example
 * finishLoginPage();
 */
export function finishLoginPage(): void {
  document.documentElement.dataset.ready = 'true';
}
