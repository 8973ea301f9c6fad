import { createPublicKey } from 'node:crypto';
import { exportJWK, type JWK } from 'jose';
import type { SigningKey } from '../options/mintlify-personalization.options.js';
import { importPrivateKey } from './private-key.js';

/**
 * The public half of a signing key, as a JWK (RFC 7517): for a local docs emulator, for a test that verifies
 * tokens, for comparing with the key that the docs have. Reads every form that the option `signingKey` takes,
 * save a `TokenSigner`.
 *
 * @example
 * ```ts
 * const emulator = await startDocsEmulator({
 *   publicKeys: [await exportPublicJwk(process.env.MINTLIFY_PRIVATE_KEY)],
 *   loginUrl: 'http://localhost:3000/docs-login',
 * });
 * ```
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export async function exportPublicJwk(signingKey: SigningKey | undefined): Promise<JWK> {
  return exportJWK(createPublicKey(await importPrivateKey(signingKey)));
}
