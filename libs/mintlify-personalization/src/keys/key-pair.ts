import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import type { DocsMode } from '../ports/docs-site.js';

const PAIRS: Readonly<Record<DocsMode, () => KeyPairKeyObjectResult>> = {
  personalization: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  authentication: () => generateKeyPairSync('ed25519'),
};

/**
 * Generates a key pair for a mode, as PEM: PKCS#8 and SPKI.
 *
 * @internal
 */
export function createKeyPair(mode: DocsMode): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = PAIRS[mode]();
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}
