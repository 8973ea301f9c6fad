/**
 * Which handshake family a docs site uses: `personalization` is public docs, signed with ES256;
 * `authentication` is private docs, signed with EdDSA. The signature algorithm follows from the mode and from
 * nothing else.
 */
export type DocsMode = 'personalization' | 'authentication';

/** One Mintlify deployment. Frozen: made once from the options. */
export interface DocsSite {
  /** Origin and base path, without a trailing slash: `https://foo.com/docs`. */
  readonly url: string;
  /** Scheme, host and port: `https://foo.com`. */
  readonly origin: string;
  /** The host name alone, lower case, without scheme and port: `foo.com`. The claim `host` of private docs. */
  readonly host: string;
  /** The path under which all pages stand: `/docs`, or an empty string. Never ends with a slash. */
  readonly basePath: string;
  readonly mode: DocsMode;
}
