/** Where the OAuth server is mounted. */
export const OAUTH_PATH = '/oidc';

/** The id of the docs' OAuth client, which is public. */
export const DOCS_CLIENT_ID = 'acme-docs';

/** The scope that allows the docs to call the user-info API. */
export const USER_INFO_SCOPE = 'docs.user-info';

/** The path of the user-info API for OAuth. */
export const USER_INFO_PATH = '/docs/oauth/user-info';

/** Injection token of the OAuth server, a `Provider` of `oidc-provider`. */
export const OAUTH_SERVER = Symbol('OAUTH_SERVER');
