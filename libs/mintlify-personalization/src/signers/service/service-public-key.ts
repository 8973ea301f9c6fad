import { verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { MintlifyPersonalizationError } from '../../errors.js';
import type { SignatureAlgorithm } from '../../ports/token-signer.js';

const verifyAsynchronously = promisify(verify);

/** @internal The public half of a key in a key service, and what it signs with. */
export interface ServicePublicKey {
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
}

/**
 * Takes a public key as a key service gave it: P-256 (ES256) or Ed25519 (EdDSA), nothing else.
 *
 * @internal
 * @param where names the key, for messages
 * @param read parses what the service gave
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function readServicePublicKey(where: string, read: () => KeyObject): ServicePublicKey {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw invalidServiceKeyError(where, 'came with a public key that cannot be read');
  }
  if (key.asymmetricKeyType === 'ed25519') return { key, algorithm: 'EdDSA' };
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return { key, algorithm: 'ES256' };
  throw invalidServiceKeyError(where, 'is neither a P-256 key (for ES256) nor an Ed25519 key (for EdDSA)');
}

/**
 * Whether a signature in its JOSE form (RFC 7518, section 3.4; RFC 8037, section 3.1) is the key's own.
 *
 * @internal
 */
export function isVerified(
  { key, algorithm }: ServicePublicKey,
  signingInput: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return algorithm === 'ES256'
    ? verifyAsynchronously('sha256', signingInput, { key, dsaEncoding: 'ieee-p1363' }, signature)
    : verifyAsynchronously(null, signingInput, key, signature);
}

/** @internal */
export function invalidServiceKeyError(where: string, what: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_signing_key', `${where} ${what}.`);
}
