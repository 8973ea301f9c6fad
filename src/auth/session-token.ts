/** The parameters of session tokens, shared by the code that signs them and the code that verifies them. */
export const SESSION_TOKEN = {
  algorithm: 'HS256',
  issuer: 'acme-cloud',
  audience: 'acme-cloud-session',
} as const;
