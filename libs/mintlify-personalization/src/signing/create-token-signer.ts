import { MintlifyPersonalizationError } from '../errors.js';
import type { SigningKey } from '../options/mintlify-personalization.options.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import type { TokenSigner } from '../ports/token-signer.js';
import { DeadlineTokenSigner } from './deadline-token-signer.js';
import { LocalTokenSigner } from './local-token-signer.js';
import { importPrivateKey } from './private-key.js';

/** @internal Injection token of the {@link TokenSigner}; `undefined` where no key is needed. */
export const TOKEN_SIGNER = Symbol('TOKEN_SIGNER');

/**
 * Makes the signer of a docs site from `signingKey`, once, at start: a wrong key never waits for the first
 * visitor.
 *
 * @internal
 * @param required whether a handshake is mounted that signs
 * @throws MintlifyPersonalizationError `invalid_signing_key` or `invalid_option`
 */
export async function createTokenSigner(
  { signingKey, signerTimeoutMs }: Pick<ResolvedOptions, 'signingKey' | 'signerTimeoutMs'>,
  required: boolean,
): Promise<TokenSigner | undefined> {
  if (signingKey === undefined && !required) return undefined;
  if (!isTokenSigner(signingKey)) return new LocalTokenSigner(await importPrivateKey(signingKey));
  if (signingKey.algorithm !== 'ES256') {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      "signingKey is a TokenSigner of another algorithm, and mode 'personalization' signs with ES256 alone. " +
        'Give it a P-256 key.',
    );
  }
  return new DeadlineTokenSigner(signingKey, signerTimeoutMs);
}

function isTokenSigner(key: SigningKey | undefined): key is TokenSigner {
  return typeof (key as Partial<TokenSigner> | undefined)?.sign === 'function';
}
