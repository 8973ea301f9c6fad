/**
 * Which handshake family a docs site uses: `personalization` is public docs, signed with ES256. The
 * signature algorithm follows from the mode and from nothing else.
 */
export type DocsMode = 'personalization';

/** One Mintlify deployment. Frozen: made once, at start, from the options. */
export interface DocsSite {
  /** Origin and base path, without a trailing slash: `https://foo.com/docs`. */
  readonly url: string;
  /** Scheme, host and port: `https://foo.com`. */
  readonly origin: string;
  /** The path under which all pages stand: `/docs`, or an empty string. Never ends with a slash. */
  readonly basePath: string;
  readonly mode: DocsMode;
}
