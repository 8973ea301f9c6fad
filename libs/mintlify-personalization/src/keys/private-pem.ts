import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { KeyKind } from './key-kind.js';
import { keyRefusal, publicKeyRefusal } from './key-refusal.js';
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
  if (block === undefined) throw keyRefusal('holds curve parameters and no key', kind.mend);
  if (more.length > 0) {
    throw keyRefusal('holds several keys or certificates in one text', 'Keep the one private key alone.');
  }
  if (block.label.includes('CERTIFICATE')) {
    throw keyRefusal('is a certificate, which holds a public key only', kind.mend);
  }
  if (block.label.includes('PUBLIC KEY')) throw publicKeyRefusal(kind);
  if (block.label.startsWith('OPENSSH')) {
    throw keyRefusal("is in OpenSSH's own format, which ssh-keygen writes", kind.mend);
  }
  if (block.encrypted) {
    throw keyRefusal(
      'is an encrypted PEM',
      'Decrypt it with "openssl pkey -in encrypted.pem -out key.pem" and keep the result in a secret store.',
    );
  }
  try {
    return createPrivateKey(block.pem);
  } catch {
    // OpenSSL's own error says nothing that helps, and is left out lest it ever quote the key.
    throw keyRefusal(
      'has the frame of a PEM, but what is inside is not a private key',
      `Was it cut short? ${kind.mend}`,
    );
  }
}
