import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { MintlifyPersonalizationError } from '../errors.js';
import type { KeyKind } from '../mintlify/key-kind.js';
import { certificateError, encryptedKeyError, invalidKeyError, publicKeyError } from './key-errors.js';
import type { PemBlock } from './key-text.js';

/**
 * Imports the one private key of a PEM text, of whatever kind.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function importPem(blocks: readonly PemBlock[], kind: KeyKind): KeyObject {
  // `openssl ecparam -genkey` puts the name of the curve before the key.
  const [block, ...more] = blocks.filter(({ label }) => label !== 'EC PARAMETERS');
  if (block === undefined) throw invalidKeyError('holds curve parameters and no key', kind.fix);
  if (more.length > 0) {
    throw invalidKeyError(
      'holds several keys or certificates in one text',
      'Keep the one private key alone.',
    );
  }
  if (block.label.includes('CERTIFICATE')) throw certificateError(kind);
  if (block.label.includes('PUBLIC KEY')) throw publicKeyError(kind);
  if (block.label.startsWith('OPENSSH')) {
    throw invalidKeyError("is in OpenSSH's own format, which ssh-keygen writes", kind.fix);
  }
  if (block.encrypted) throw encryptedKeyError();
  try {
    return createPrivateKey(block.pem);
  } catch {
    // OpenSSL's own error says nothing that helps, and is left out lest it ever quote the key.
    throw hasLostBackslashes(block) ? lostBackslashesError() : brokenPemError(kind);
  }
}

/** Every key is a SEQUENCE in DER, which begins with an M in base64; an n before it was once a `\n`. */
function hasLostBackslashes({ pem }: PemBlock): boolean {
  return /^.*\nr?nM/.test(pem);
}

function lostBackslashesError(): MintlifyPersonalizationError {
  return invalidKeyError(
    'is a PEM with the letter n where its line breaks were: something took the backslash of each \\n',
    'Put the value into single quotes where it is set, or give it real line breaks.',
  );
}

function brokenPemError({ fix }: KeyKind): MintlifyPersonalizationError {
  return invalidKeyError(
    'has the frame of a PEM, but what is inside is not a private key',
    `Copy the whole key again. ${fix}`,
  );
}
