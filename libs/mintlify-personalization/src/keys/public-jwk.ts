import { createPublicKey } from 'node:crypto';
import { exportJWK, type JWK } from 'jose';
import type { SigningKey } from '../ports/docs-site-options.js';
import type { DocsMode } from '../ports/docs-site.js';
import { isTokenSigner } from './is-token-signer.js';
import { KEY_KINDS } from '../mintlify/key-kind.js';
import { invalidKeyError } from './key-errors.js';

/**
 * The public half of a signing key, as a JWK (RFC 7517): for a local docs emulator, for a test that verifies
 * tokens, for comparing with the key that the docs have. Reads every form that the option `signingKey` takes,
 * save a function and a `TokenSigner`. A JWK keeps its `kid`.
 *
 * @param mode of the docs site that the key is for
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
      'is a TokenSigner, which keeps its key to itself',
      'Get the public half where the private one is kept.',
    );
  }
  if (typeof signingKey === 'function') {
    throw invalidKeyError('is a function', 'Call it, and give the key that it returns.');
  }
  // Loaded on need: an app that only answers user-info requests has no key.
  const { importPrivateKey } = await import('./private-key.js');
  const { key, keyId } = await importPrivateKey(signingKey, KEY_KINDS[mode]);
  const jwk = await exportJWK(createPublicKey(key));
  return keyId === undefined ? jwk : { ...jwk, kid: keyId };
}
