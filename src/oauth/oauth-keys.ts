import { createPrivateKey, hkdfSync } from 'node:crypto';
import type { JWK } from 'jose';

/** The PKCS#8 prefix of a 32-byte Ed25519 key (RFC 8410, section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The keys of the OAuth server, derived from the session secret. All processes with that secret accept each other's codes
 * and tokens, and no key has to be stored.
 */
export function deriveOAuthKeys(sessionSecret: string): { signingKey: JWK; cookieKey: string } {
  const seed = derive(sessionSecret, 'oauth signing key');
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  return {
    signingKey: { ...key.export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig' },
    cookieKey: derive(sessionSecret, 'oauth cookie key').toString('base64url'),
  };
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'acme-cloud', purpose, 32));
}
