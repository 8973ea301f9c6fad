/** Where the OAuth server is mounted. */
export const OAUTH_PATH = '/oidc';

/** The public client that the docs log in with. */
export const DOCS_CLIENT_ID = 'acme-docs';

/** The scope that lets the docs ask who the visitor is. */
export const USER_INFO_SCOPE = 'docs.user-info';

/** Where the docs ask, below the backend's address. */
export const USER_INFO_PATH = '/docs/oauth/user-info';

/** Injection token of the OAuth server, a `Provider` of `oidc-provider`. */
export const OAUTH_SERVER = Symbol('OAUTH_SERVER');
