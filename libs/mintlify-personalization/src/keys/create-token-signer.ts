import { MintlifyPersonalizationError } from '../errors.js';
import type { SigningKey } from '../ports/docs-site-options.js';
import type { DocsMode } from '../ports/docs-site.js';
import type { TokenSigner } from '../ports/token-signer.js';
import { DeadlineTokenSigner } from './deadline-token-signer.js';
import type { InspectableSigner } from './key-fingerprint.js';
import { isTokenSigner } from './is-token-signer.js';
import { KEY_KINDS } from '../mintlify/key-kind.js';
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
  const { algorithm } = kind;
  if (readProperty(signingKey, 'algorithm') !== algorithm) {
    throw invalidSignerError(
      `is a TokenSigner of another algorithm, and mode '${mode}' signs with ${algorithm} alone`,
      `Give it a ${kind.crv} key.`,
    );
  }
  const keyId = readProperty(signingKey, 'keyId');
  assertKeyId(keyId);
  return new DeadlineTokenSigner(signingKey, { algorithm, keyId }, signerTimeoutMs);
}

/** Read once: what is checked here is what signs. */
function readProperty(signer: TokenSigner, name: 'algorithm' | 'keyId'): unknown {
  try {
    return signer[name];
  } catch {
    // oxlint-disable-next-line preserve-caught-error -- what a signer throws may quote its key or its credentials
    throw invalidSignerError(`is a TokenSigner whose ${name} throws an error`, 'Make it a plain property.');
  }
}

/** Whatever else stood there would make a header that no verifier reads (RFC 7515, section 4.1.4). */
function assertKeyId(keyId: unknown): asserts keyId is string | undefined {
  if (keyId === undefined || (typeof keyId === 'string' && keyId.trim() !== '')) return;
  throw invalidSignerError(
    'is a TokenSigner whose keyId is not a text',
    'Leave keyId out, or give the key a name.',
  );
}

function invalidSignerError(what: string, fix: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `signingKey ${what}. ${fix}`);
}
