/** The docs read a token from the fragment of their URL (handshakes.md, sections 2 and 3). */
export interface JwtHandshake {
  type: 'jwt';
}

/** The docs page calls your API with the visitor's session cookie (handshakes.md, section 4). */
export interface SharedSessionHandshake {
  type: 'shared-session';
  /** The "Info API URL": absolute, http or https. */
  infoApiUrl: string;
}

/** Where the groups of a visitor are in a token. */
export interface GroupsClaim {
  /** For `id_token`, `scopes` must have `openid`. */
  source: 'id_token' | 'access_token';
  /** The name of the claim. Default `'groups'`. */
  groupsClaim?: string;
  /** 1 to 4 characters that split a claim that is one string. */
  groupsDelimiter?: string;
}

/** The docs page runs the authorization code flow with PKCE (handshakes.md, section 5). */
export interface OAuthHandshake {
  type: 'oauth';
  /** The "Authorization URL": absolute, http or https. */
  authorizationUrl: string;
  /** The client ID of a public client. */
  clientId: string;
  /** The scopes to request. Default: none. */
  scopes?: string[];
  /** The "Token URL": absolute, http or https. */
  tokenUrl: string;
  /** The "Info API URL": absolute, http or https. Set this or `claims`. */
  infoApiUrl?: string;
  /** The token that has the groups, for docs without an Info API (handshakes.md, section 9). */
  claims?: GroupsClaim;
  /** The "additional authorization parameters", by name. Default: none. */
  authorizationParameters?: Record<string, string>;
}

/**
 * How a docs site finds out who its visitor is.
 *
 * @example
 * const handshake: DocsHandshake = { type: 'shared-session', infoApiUrl: 'http://localhost:3000/docs/user-info' };
 */
export type DocsHandshake = JwtHandshake | SharedSessionHandshake | OAuthHandshake;

/** Where the authorization server redirects the visitor, below the base path (handshakes.md, section 5). */
export const OAUTH_CALLBACK_PATH = '/mintlify-oauth-callback';
