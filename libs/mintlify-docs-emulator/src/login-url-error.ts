/**
 * A function given as `loginUrl` that gives none when it is needed. The message is for the answer to the request.
 *
 * @example
 * throw new LoginUrlError('The function given as loginUrl gave no absolute URL.');
 */
export class LoginUrlError extends Error {
  override readonly name = 'LoginUrlError';
}
