/**
 * What the docs know about a visitor who is logged in: the four parts of a token's payload that a docs page
 * uses (handshakes.md, section 1).
 *
 * @example
 * const visitor: Visitor = { groups: ['admin'], content: { firstName: 'Ada' }, expiresAt: 1_900_000_000 };
 */
export interface Visitor {
  /** When the data expires, in seconds since the epoch. If absent, it expires with the browser session. */
  expiresAt?: number;
  /** Compared with `groups` in a page's front matter. */
  groups?: string[];
  /** The `user` variable of MDX pages. */
  content?: Record<string, unknown>;
  /** Values for the API playground, keyed by `header`, `query`, `cookie`, `path` or `server`. */
  apiPlaygroundInputs?: Record<string, unknown>;
}

/**
 * The response of the session endpoint: the visitor, or why the token was refused.
 *
 * @example
 * const answer: SessionAnswer = { refusal: { code: 'expired', message: 'The token expired 3 seconds ago.' } };
 */
export type SessionAnswer = { visitor: Visitor } | { refusal: { code: string; message: string } };
