/** The parameters of the console's access tokens, shared by the code that signs them and the code that verifies them. */
export const ACCESS_TOKEN = {
  algorithm: 'HS256',
  issuer: 'acme-cloud',
  audience: 'acme-console',
} as const;

/** The parameters of the token in the refresh cookie. */
export const REFRESH_TOKEN = { ...ACCESS_TOKEN, audience: 'acme-console-refresh' } as const;

/** How long an access token is valid. Short, since the browser's memory holds it. */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 300;

/** How long the console can get new access tokens without a password: one working day. */
export const REFRESH_LIFETIME_SECONDS = 8 * 60 * 60;
