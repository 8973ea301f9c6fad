import type { DocsMode } from '../shared/docs-mode.js';
import { parsePublicKeys } from './public-key-parser.js';
import type { PublicKeyInput, VerificationKey } from './public-key-parser.js';

/**
 * Returns the current public keys.
 *
 * @example
 * const source: PublicKeySource = async () => [await readFile('docs-public.pem', 'utf8')];
 */
export type PublicKeySource = () => readonly PublicKeyInput[] | Promise<readonly PublicKeyInput[]>;

/**
 * Returns the parsed keys for verifying one token.
 *
 * @example
 * const keys = await keyring();
 */
export type Keyring = () => readonly VerificationKey[] | Promise<readonly VerificationKey[]>;

/**
 * Parses the keys of a docs site. A list is parsed once. A function is called now, and again each time the
 * keyring is read.
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
