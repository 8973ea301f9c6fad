import { MintlifyPersonalizationError } from '../errors.js';
import type { SigningKey } from '../ports/docs-site-options.js';
import type { DocsMode } from '../ports/docs-site.js';
import type { TokenSigner } from '../ports/token-signer.js';
import { DeadlineTokenSigner } from './deadline-token-signer.js';
import type { InspectableSigner } from './key-fingerprint.js';
import { KEY_KINDS } from './key-kind.js';
import { LocalTokenSigner } from './local-token-signer.js';
import { importPrivateKey } from './private-key.js';

/**
 * Makes the signer of one key, and refuses a key that does not fit the mode.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key` or `invalid_option`
 */
export async function createTokenSigner(
  signingKey: SigningKey | undefined,
  mode: DocsMode,
  signerTimeoutMs: number,
): Promise<InspectableSigner> {
  const kind = KEY_KINDS[mode];
  if (!isTokenSigner(signingKey)) {
    return new LocalTokenSigner(kind.algorithm, await importPrivateKey(signingKey, kind));
  }
  if (signingKey.algorithm !== kind.algorithm) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `signingKey is a TokenSigner of another algorithm, and mode '${mode}' signs with ${kind.algorithm} alone. ` +
        `Give it a ${kind.crv} key.`,
    );
  }
  assertKeyId(signingKey.keyId);
  return new DeadlineTokenSigner(signingKey, signerTimeoutMs);
}

/** Whatever else stood there would make a header that no verifier reads (RFC 7515, section 4.1.4). */
function assertKeyId(keyId: unknown): void {
  if (keyId === undefined || (typeof keyId === 'string' && keyId.trim() !== '')) return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'signingKey is a TokenSigner whose keyId is not a text. Leave keyId out, or give the key a name.',
  );
}

/** @internal Whether a key is one that signs by itself. */
export function isTokenSigner(key: SigningKey | undefined): key is TokenSigner {
  return typeof (key as Partial<TokenSigner> | undefined)?.sign === 'function';
}
