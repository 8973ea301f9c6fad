/** JSON that begins an object is `eyJ` in base64url: so begins every token, and all that is cut from one. */
const TOKEN = /eyJ[\w-]*(?:\.[\w-]*){0,2}/g;

/**
 * An arrival that the docs would not take for one: an address that is no docs redirect, or a token that they would
 * refuse. The message says what is wrong with it; it never holds the token.
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

/** @internal A text for people to read, without the tokens in it: it ends up in the logs of a CI server. */
export function maskTokens(text: string): string {
  return text.replaceAll(TOKEN, '[token]');
}
