import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  invalidServiceKeyError,
  readServicePublicKey,
  type ServicePublicKey,
} from '../service/service-public-key.js';

const WHERE = 'The key in the hardware module';

/** CKA_EC_PARAMS: the OID of P-256 (RFC 5480, section 2.1.1.1). */
const P256 = '06082a8648ce3d030107';
/** CKA_EC_PARAMS of Ed25519: the OID of RFC 8410, the older one of its drafts, and the name "edwards25519". */
const ED25519 = new Set(['06032b6570', '06092b06010401da470f01', '130c656477617264733235353139']);

/**
 * Reads a public key from the attributes of its object (PKCS #11 v3.0, section 2.3). The standard wraps the point in an
 * OCTET STRING, but some modules do not.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function readPkcs11PublicKey(parameters: Buffer, point: Buffer): ServicePublicKey {
  const curve = parameters.toString('hex');
  if (curve !== P256 && !ED25519.has(curve)) {
    throw invalidServiceKeyError(WHERE, 'is on another curve: use P-256 (for ES256) or Ed25519 (for EdDSA)');
  }
  return readServicePublicKey(WHERE, () => (curve === P256 ? importP256(point) : importEd25519(point)));
}

function importP256(point: Buffer): KeyObject {
  const bare = unwrap(point, 65);
  // 0x04 is an uncompressed point (SEC 1, section 2.3.3).
  if (bare[0] !== 0x04) throw new TypeError('The point is compressed.');
  const [x, y] = [bare.subarray(1, 33), bare.subarray(33)].map((part) => part.toString('base64url'));
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}

function importEd25519(point: Buffer): KeyObject {
  const x = unwrap(point, 32).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Distinguishes by length: the first byte of an unwrapped point may look like a tag. */
function unwrap(point: Buffer, length: number): Buffer {
  if (point.length === length) return point;
  const isWrapped = point.length === length + 2 && point[0] === 0x04 && point[1] === length;
  if (!isWrapped) throw new TypeError('The point has another length.');
  return point.subarray(2);
}
