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
 * Creates the signer for a key, and throws if the key does not fit the mode.
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
    return new LocalTokenSigner(kind.algorithm, importPrivateKey(signingKey, kind));
  }
  const { algorithm } = kind;
  if (readProperty(signingKey, 'algorithm') !== algorithm) {
    throw invalidSignerError(
      `is a TokenSigner with another algorithm; mode '${mode}' needs ${algorithm}`,
      `Use a ${kind.crv} key.`,
    );
  }
  const keyId = readProperty(signingKey, 'keyId');
  assertKeyId(keyId);
  return new DeadlineTokenSigner(signingKey, { algorithm, keyId }, signerTimeoutMs);
}

/** Each property is read once, so that the checked value is the one that is used. */
function readProperty(signer: TokenSigner, name: 'algorithm' | 'keyId'): unknown {
  try {
    return signer[name];
  } catch {
    // oxlint-disable-next-line preserve-caught-error -- what a signer throws may quote its key or its credentials
    throw invalidSignerError(`is a TokenSigner whose ${name} throws`, 'Make it a plain property.');
  }
}

/** With any other value, verifiers would reject the header (RFC 7515, section 4.1.4). */
function assertKeyId(keyId: unknown): asserts keyId is string | undefined {
  if (keyId === undefined || (typeof keyId === 'string' && keyId.trim() !== '')) return;
  throw invalidSignerError(
    'is a TokenSigner whose keyId is not a non-empty string',
    'Leave keyId out, or set it to a name.',
  );
}

function invalidSignerError(what: string, fix: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `signingKey ${what}. ${fix}`);
}
