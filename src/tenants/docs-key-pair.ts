import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type { JWK } from 'jose';
import type { DocsMode } from 'nestjs-mintlify-personalization';

/** A key pair as JWKs that share a `kid`. */
export interface DocsKeyPair {
  privateKey: JWK & { kid: string };
  publicKey: JWK & { kid: string };
}

/**
 * Generates a key pair for a mode: P-256 for public docs, Ed25519 for private docs. Its `kid` is the JWK thumbprint
 * (RFC 7638), which is unique per key.
 */
export async function newDocsKeyPair(mode: DocsMode): Promise<DocsKeyPair> {
  const pair =
    mode === 'personalization'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(publicKey);
  return {
    privateKey: { ...(pair.privateKey.export({ format: 'jwk' }) as JWK), kid },
    publicKey: { ...publicKey, kid },
  };
}
