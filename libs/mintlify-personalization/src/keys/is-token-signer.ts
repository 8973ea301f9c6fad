import type { SigningKey } from '../ports/docs-site-options.js';
import type { TokenSigner } from '../ports/token-signer.js';
import { unreadableKeyError } from './key-errors.js';

/**
 * Whether a signing key is a `TokenSigner`.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key` if a getter or a proxy throws
 */
export function isTokenSigner(key: SigningKey | undefined): key is TokenSigner {
  try {
    return typeof (key as Partial<TokenSigner> | undefined)?.sign === 'function';
  } catch {
    throw unreadableKeyError();
  }
}
