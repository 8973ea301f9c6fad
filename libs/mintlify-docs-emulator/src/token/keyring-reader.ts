import type { VerificationKey } from '../keys/public-key-parser.js';
import type { Keyring } from '../keys/public-key-source.js';
import { TokenRefusedError } from './token-refused-error.js';

/**
 * Reads the keys for verifying a token.
 *
 * @throws TokenRefusedError when the function `publicKeys` fails or returns no usable keys. Its error becomes the
 * cause and is not shown, because it may contain secrets.
 * @example
 * const keys = await readKeyring(keyring);
 */
export async function readKeyring(keyring: Keyring): Promise<readonly VerificationKey[]> {
  try {
    return await keyring();
  } catch (cause) {
    throw new TokenRefusedError(
      'keys-unavailable',
      'The token could not be verified: the function publicKeys failed, or did not return a list of public keys for these docs. Fix it and log in again.',
      { cause },
    );
  }
}
