import { createKeyPair } from '../keys/key-pair.js';
import type { DocsMode } from '../ports/docs-site.js';

/** A key pair for a test, as PEM. */
export interface TestSigningKey {
  /** The mode whose tokens it signs. */
  readonly mode: DocsMode;
  /** PKCS#8 PEM, as from the Mintlify dashboard: for the option `signingKey`, or for its environment variable. */
  readonly privateKey: string;
  /** SPKI PEM: for `verifyDocsToken`, `toIdentify`, and the option `publicKeys` of `mintlify-docs-emulator`. */
  readonly publicKey: string;
}

const MODES: ReadonlySet<unknown> = new Set<DocsMode>(['personalization', 'authentication']);

/**
 * Generates a key pair for a test: P-256 for `personalization`, Ed25519 for `authentication` (`spec/handshakes.md`,
 * sections 2 and 3). Each call generates a new one, so that you need no private key in your repository.
 *
 * @param mode the mode of the docs site. Default `'personalization'`
 * @example
 * ```ts
 * const key = createTestSigningKey();
 * process.env.MINTLIFY_PRIVATE_KEY = key.privateKey; // before the module that reads it is loaded
 * await verifyDocsToken(token, key.publicKey);
 * ```
 * @throws TypeError if the mode is invalid
 */
export function createTestSigningKey(mode: DocsMode = 'personalization'): TestSigningKey {
  if (!MODES.has(mode)) {
    throw new TypeError("mode must be 'personalization' or 'authentication'.");
  }
  return Object.freeze({ mode, ...createKeyPair(mode) });
}
