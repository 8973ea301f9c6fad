/**
 * What the docs know of a visitor who has logged in: the four parts of a token's payload that a docs page
 * uses (handshakes.md, section 1).
 *
 * @example
 * const visitor: Visitor = { groups: ['admin'], content: { firstName: 'Ada' }, expiresAt: 1_900_000_000 };
 */
export interface Visitor {
  /** When the docs drop the data, in seconds since the epoch. Absent: with the browser session. */
  expiresAt?: number;
  /** Matched against `groups` in a page's front matter. */
  groups?: string[];
  /** The `user` variable of MDX pages. */
  content?: Record<string, unknown>;
  /** Values for the API playground, keyed by `header`, `query`, `cookie`, `path` or `server`. */
  apiPlaygroundInputs?: Record<string, unknown>;
}

/**
 * The answer of the session endpoint: the visitor, or the reason in words why the token was refused.
 *
 * @example
 * const answer: SessionAnswer = { refusal: { code: 'expired', message: 'The token expired 3 seconds ago.' } };
 */
export type SessionAnswer = { visitor: Visitor } | { refusal: { code: string; message: string } };
