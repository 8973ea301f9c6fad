import type { LoginPageData } from '../shared/page-data-types.js';

/** The data that the server sent with this login page. */
export const loginData: LoginPageData = JSON.parse(
  document.getElementById('login-data')?.textContent ?? '{}',
);

/**
 * Replaces the content of the page with the reason why the login failed.
 *
 * @example
 * showLoginFailure('The token expired 3 seconds ago.');
 */
export function showLoginFailure(message: string): void {
  const text = document.getElementById('login-failure-text');
  document.getElementById('login')?.setAttribute('hidden', '');
  document.getElementById('login-failure')?.removeAttribute('hidden');
  document.title = document.title.replace(/^.*? - /, 'Login failed - ');
  // Set last, so that screen readers announce it.
  if (text) text.textContent = message;
  finishLoginPage();
}

/**
 * Marks the page as ready.
 *
 * @example
 * finishLoginPage();
 */
export function finishLoginPage(): void {
  document.documentElement.dataset.ready = 'true';
}
