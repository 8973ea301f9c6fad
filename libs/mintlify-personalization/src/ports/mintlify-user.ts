/**
 * Values that prefill the API playground of the docs, by the name of the header, query parameter, cookie, path parameter
 * or OpenAPI server variable.
 *
 * Readable by the visitor's browser. `header`, `query` and `cookie` prefill only fields of the operation's
 * OpenAPI security scheme (`spec/handshakes.md`, section 1).
 */
export interface ApiPlaygroundInputs {
  header?: Record<string, unknown>;
  query?: Record<string, unknown>;
  cookie?: Record<string, unknown>;
  path?: Record<string, unknown>;
  server?: Record<string, string>;
}

/**
 * What the docs know about a visitor: Mintlify's `User` without `host`, which this library sets.
 *
 * @example
 * ```ts
 * const user: MintlifyUser = {
 *   groups: ['admin'],
 *   content: { firstName: 'Ada', company: 'Acme' },
 *   apiPlaygroundInputs: { server: { subdomain: 'acme' } },
 * };
 * ```
 */
export interface MintlifyUser {
  /**
   * How long the docs keep the data: **seconds** since the epoch, a whole number, in the future and at most
   * 400 days ahead. Defaults to now plus `sessionLifetimeSeconds`.
   */
  expiresAt?: number;
  /** Matched against `groups` in the pages' front matter. Up to 1,000, each of 1 to 256 characters. */
  groups?: string[];
  /**
   * The `user` variable in the pages, and `window.mintlify.user`. Every script on the docs can read it, so do not put
   * secrets here. Up to 100 keys.
   */
  content?: Record<string, unknown>;
  /** Prefills the API playground. Readable by the visitor's browser. */
  apiPlaygroundInputs?: ApiPlaygroundInputs;
}
