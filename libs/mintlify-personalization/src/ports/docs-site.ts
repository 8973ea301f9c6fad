/**
 * The kind of a docs site: `personalization` is public docs, with tokens signed by ES256; `authentication` is private
 * docs, with tokens signed by EdDSA. Only the mode decides on the algorithm.
 */
export type DocsMode = 'personalization' | 'authentication';

/** One Mintlify deployment. Frozen: created once from the options. */
export interface DocsSite {
  /** Origin and base path, without a trailing slash: `https://foo.com/docs`. */
  readonly url: string;
  /** Scheme, host and port: `https://foo.com`. */
  readonly origin: string;
  /** The host name in lower case, without scheme and port: `foo.com`. The claim `host` of private docs. */
  readonly host: string;
  /** The path of all pages: `/docs`, or an empty string. Never ends with a slash. */
  readonly basePath: string;
  readonly mode: DocsMode;
}
