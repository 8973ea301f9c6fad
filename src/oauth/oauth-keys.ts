import { createPrivateKey, hkdfSync } from 'node:crypto';
import type { JWK } from 'jose';

/** What stands before the 32 bytes of an Ed25519 key in PKCS#8 (RFC 8410, section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The keys of the OAuth server, made from the session secret: all processes with that secret have the same, a code or a
 * token of one counts at the others, and nothing has to be kept anywhere.
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
