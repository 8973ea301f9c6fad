/** How session tokens are made and what is asked of them. Both sides read it, so they cannot drift apart. */
export const SESSION_TOKEN = {
  algorithm: 'HS256',
  issuer: 'acme-cloud',
  audience: 'acme-cloud-session',
} as const;
