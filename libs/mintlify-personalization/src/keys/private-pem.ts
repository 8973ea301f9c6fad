import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { MintlifyPersonalizationError } from '../errors.js';
import type { KeyKind } from '../mintlify/key-kind.js';
import { certificateError, encryptedKeyError, invalidKeyError, publicKeyError } from './key-errors.js';
import type { PemBlock } from './key-text.js';

/**
 * Imports the private key of a PEM, of any kind.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function importPem(blocks: readonly PemBlock[], kind: KeyKind): KeyObject {
  // `openssl ecparam -genkey` writes the name of the curve before the key.
  const [block, ...more] = blocks.filter(({ label }) => label !== 'EC PARAMETERS');
  if (block === undefined) throw invalidKeyError('contains curve parameters, but no key', kind.fix);
  if (more.length > 0) {
    throw invalidKeyError('contains several keys or certificates', 'Keep only the private key.');
  }
  if (block.label.includes('CERTIFICATE')) throw certificateError(kind);
  if (block.label.includes('PUBLIC KEY')) throw publicKeyError(kind);
  if (block.label.startsWith('OPENSSH')) {
    throw invalidKeyError('is in the OpenSSH format of ssh-keygen', kind.fix);
  }
  if (block.encrypted) throw encryptedKeyError();
  try {
    return createPrivateKey(block.pem);
  } catch {
    // OpenSSL's error does not help, and might quote the key, so it is left out.
    throw hasLostBackslashes(block) ? lostBackslashesError() : brokenPemError(kind);
  }
}

/** Every key in DER is a SEQUENCE, which begins with an M in base64; an n before it was a `\n`. */
function hasLostBackslashes({ pem }: PemBlock): boolean {
  return /^.*\nr?nM/.test(pem);
}

function lostBackslashesError(): MintlifyPersonalizationError {
  return invalidKeyError(
    'is a PEM with the letter n instead of line breaks: something removed the backslash of each \\n',
    'Put the value into single quotes where it is set, or use real line breaks.',
  );
}

function brokenPemError({ fix }: KeyKind): MintlifyPersonalizationError {
  return invalidKeyError(
    'has the BEGIN and END lines of a PEM, but no private key between them',
    `Copy the whole key again. ${fix}`,
  );
}
