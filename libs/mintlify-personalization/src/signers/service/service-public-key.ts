import { verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { MintlifyPersonalizationError } from '../../errors.js';
import type { SignatureAlgorithm } from '../../ports/token-signer.js';

const verifyAsynchronously = promisify(verify);

/** @internal The public key of a key in a key service, and its algorithm. */
export interface ServicePublicKey {
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
}

/**
 * Reads a public key from a key service: P-256 (ES256) or Ed25519 (EdDSA), nothing else.
 *
 * @internal
 * @param where a name of the key, for messages
 * @param read parses the response of the service
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function readServicePublicKey(where: string, read: () => KeyObject): ServicePublicKey {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw invalidServiceKeyError(where, 'has a public key that cannot be read');
  }
  if (key.asymmetricKeyType === 'ed25519') return { key, algorithm: 'EdDSA' };
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return { key, algorithm: 'ES256' };
  throw invalidServiceKeyError(where, 'must be a P-256 key (for ES256) or an Ed25519 key (for EdDSA)');
}

/**
 * Verifies a signature in JOSE form (RFC 7518, section 3.4; RFC 8037, section 3.1).
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
