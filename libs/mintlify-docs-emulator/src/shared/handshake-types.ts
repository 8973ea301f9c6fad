/** The docs take a token from the fragment of their address (handshakes.md, sections 2 and 3). */
export interface JwtHandshake {
  type: 'jwt';
}

/** The docs page asks the API with the visitor's own cookie (handshakes.md, section 4). */
export interface SharedSessionHandshake {
  type: 'shared-session';
  /** The "Info API URL": absolute, http or https. */
  infoApiUrl: string;
}

/** The docs page runs the authorization code flow with PKCE (handshakes.md, section 5). */
export interface OAuthHandshake {
  type: 'oauth';
  /** The "Authorization URL": absolute, http or https. */
  authorizationUrl: string;
  /** The id of a public client. */
  clientId: string;
  /** Default: none are asked for. */
  scopes?: string[];
  /** The "Token URL": absolute, http or https. */
  tokenUrl: string;
  /** The "Info API URL": absolute, http or https. */
  infoApiUrl: string;
  /** The "additional authorization parameters", by name. Default: none. */
  authorizationParameters?: Record<string, string>;
}

/**
 * How a docs site learns who its visitor is.
 *
 * @example
 * const handshake: DocsHandshake = { type: 'shared-session', infoApiUrl: 'http://localhost:3000/docs/user-info' };
 */
export type DocsHandshake = JwtHandshake | SharedSessionHandshake | OAuthHandshake;

/** Where the authorization server sends the visitor back to, below the base path (handshakes.md, section 5). */
export const OAUTH_CALLBACK_PATH = '/mintlify-oauth-callback';
