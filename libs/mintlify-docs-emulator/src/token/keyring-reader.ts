import type { VerificationKey } from '../keys/public-key-parser.js';
import type { Keyring } from '../keys/public-key-source.js';
import { TokenRefusedError } from './token-refused-error.js';

/**
 * Reads the keys that a token is to be checked with.
 *
 * @throws TokenRefusedError when the function given as `publicKeys` fails or gives no usable keys. What it threw is
 * kept as the cause and not shown: it may hold what nobody should read in a browser.
 * @example
 * const keys = await readKeyring(keyring);
 */
export async function readKeyring(keyring: Keyring): Promise<readonly VerificationKey[]> {
  try {
    return await keyring();
  } catch (cause) {
    throw new TokenRefusedError(
      'keys-unavailable',
      'The token could not be checked: the function given as publicKeys failed, or what it gave is no list of public keys for these docs. Mend it and log in again.',
      { cause },
    );
  }
}
