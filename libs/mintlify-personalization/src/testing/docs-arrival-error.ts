/** A JSON object begins with `eyJ` in base64url, and so does every token, even a truncated one. */
const TOKEN = /eyJ[\w-]*(?:\.[\w-]*){0,2}/g;

/**
 * The docs would not accept a visitor: the URL is not a docs redirect, or they would reject the token. The message says
 * what is wrong, and never contains the token.
 *
 * @example
 * ```ts
 * expect(() => readDocsRedirect('/login')).toThrow(DocsArrivalError);
 * ```
 */
export class DocsArrivalError extends Error {
  override readonly name = 'DocsArrivalError';

  constructor(message: string) {
    super(maskTokens(message));
  }
}

/** @internal Removes tokens from a message, which may end up in the logs of a CI server. */
export function maskTokens(text: string): string {
  return text.replaceAll(TOKEN, '[token]');
}
