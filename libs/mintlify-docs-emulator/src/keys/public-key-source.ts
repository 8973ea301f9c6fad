import type { DocsMode } from '../shared/docs-mode.js';
import { parsePublicKeys } from './public-key-parser.js';
import type { PublicKeyInput, VerificationKey } from './public-key-parser.js';

/**
 * Gives the public keys as they are at present.
 *
 * @example
 * const source: PublicKeySource = async () => [await readFile('docs-public.pem', 'utf8')];
 */
export type PublicKeySource = () => readonly PublicKeyInput[] | Promise<readonly PublicKeyInput[]>;

/**
 * Gives the checked keys that hold for the token in hand.
 *
 * @example
 * const keys = await keyring();
 */
export type Keyring = () => readonly VerificationKey[] | Promise<readonly VerificationKey[]>;

/**
 * Opens the keys of a docs site: a list is read once, a function now and again each time the keyring is asked.
 *
 * @throws TypeError as {@link parsePublicKeys} does, or whatever the function throws.
 * @example
 * const keyring = await createKeyring(() => keyStore.publicKeys(), 'authentication');
 * const keys = await keyring();
 */
export async function createKeyring(
  publicKeys: readonly PublicKeyInput[] | PublicKeySource,
  mode: DocsMode,
): Promise<Keyring> {
  if (typeof publicKeys !== 'function') {
    const keys = parsePublicKeys(publicKeys, mode);
    return () => keys;
  }
  const read = async () => parsePublicKeys(await publicKeys(), mode);
  await read();
  return read;
}
