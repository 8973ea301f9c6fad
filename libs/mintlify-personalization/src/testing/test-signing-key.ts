import { createKeyPair } from '../keys/key-pair.js';
import type { DocsMode } from '../ports/docs-site.js';

/** A key pair that was made for a test, each half as PEM. */
export interface TestSigningKey {
  /** The mode whose tokens it signs. */
  readonly mode: DocsMode;
  /** PKCS#8 PEM, as the Mintlify dashboard gives it: for the option `signingKey`, or for the variable it is read from. */
  readonly privateKey: string;
  /** SPKI PEM: for `verifyDocsToken`, `toIdentify`, and the option `publicKeys` of `mintlify-docs-emulator`. */
  readonly publicKey: string;
}

const MODES: ReadonlySet<unknown> = new Set<DocsMode>(['personalization', 'authentication']);

/**
 * Makes a key pair for a test: P-256 for `personalization`, Ed25519 for `authentication` (`spec/handshakes.md`,
 * sections 2 and 3). A new one at each call, so that no private key need be kept in a repository.
 *
 * @param mode of the docs site that the key is for. Default `'personalization'`
 * @example
 * ```ts
 * const key = createTestSigningKey();
 * process.env.MINTLIFY_PRIVATE_KEY = key.privateKey; // before the module that reads it is loaded
 * await verifyDocsToken(token, key.publicKey);
 * ```
 * @throws TypeError for a mode that there is none of
 */
export function createTestSigningKey(mode: DocsMode = 'personalization'): TestSigningKey {
  if (!MODES.has(mode)) {
    throw new TypeError("mode must be 'personalization' or 'authentication'.");
  }
  return Object.freeze({ mode, ...createKeyPair(mode) });
}
