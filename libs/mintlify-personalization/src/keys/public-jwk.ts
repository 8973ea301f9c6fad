import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { SigningKey } from '../ports/docs-site-options.js';
import type { DocsMode } from '../ports/docs-site.js';
import { isTokenSigner } from './is-token-signer.js';
import { KEY_KINDS } from '../mintlify/key-kind.js';
import { invalidKeyError } from './key-errors.js';

/**
 * Returns the public half of a signing key as a JWK (RFC 7517): for a local docs emulator, for tests that verify tokens,
 * or to compare it with the key of the docs. Accepts every form of the option `signingKey` except functions and
 * `TokenSigner`s. A JWK keeps its `kid`.
 *
 * @param mode the mode of the docs site
 * @example
 * ```ts
 * const emulator = await startDocsEmulator({
 *   publicKeys: [await exportPublicJwk(process.env.MINTLIFY_PRIVATE_KEY)],
 *   loginUrl: 'http://localhost:3000/docs-login',
 * });
 * ```
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export async function exportPublicJwk(
  signingKey: SigningKey | undefined,
  mode: DocsMode = 'personalization',
): Promise<JWK> {
  if (isTokenSigner(signingKey)) {
    throw invalidKeyError(
      'is a TokenSigner, which does not expose its key',
      'Get the public key from where the private key is kept.',
    );
  }
  if (typeof signingKey === 'function') {
    throw invalidKeyError('is a function', 'Call it, and pass the key that it returns.');
  }
  // Loaded on need: an app that only answers user-info requests has no key.
  const { importPrivateKey } = await import('./private-key.js');
  const { key, keyId } = importPrivateKey(signingKey, KEY_KINDS[mode]);
  const jwk = createPublicKey(key).export({ format: 'jwk' }) as JWK;
  return keyId === undefined ? jwk : { ...jwk, kid: keyId };
}
