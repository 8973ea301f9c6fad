/**
 * A function `loginUrl` that returned no URL. The message is sent to the browser.
 *
 * @example
 * throw new LoginUrlError('The function loginUrl did not return an absolute URL.');
 */
export class LoginUrlError extends Error {
  override readonly name = 'LoginUrlError';
}
