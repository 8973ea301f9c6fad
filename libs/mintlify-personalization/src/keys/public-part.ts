import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyKind } from '../mintlify/key-kind.js';

/** @internal The public members of a JWK, in base64url. */
export interface PublicPart {
  readonly x: string | undefined;
  /** Absent on Ed25519. */
  readonly y: string | undefined;
}

/** The PKCS#8 header before the 32 bytes of the key (RFC 8410, section 7). */
const ED25519_PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const COORDINATE_BYTES = 32;

/**
 * Derives the public part from the private one.
 *
 * @internal
 * @param d the private member of a JWK, in base64url
 * @throws Error if it is not a private key on that curve
 */
export function derivePublicPart(crv: KeyKind['crv'], d: unknown): PublicPart {
  const secret = Buffer.from(typeof d === 'string' ? d : '', 'base64url');
  if (crv === 'P-256') {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(secret);
    const point = ecdh.getPublicKey();
    return { x: coordinate(point, 1), y: coordinate(point, 1 + COORDINATE_BYTES) };
  }
  if (secret.length !== COORDINATE_BYTES) throw new Error('An Ed25519 key has 32 bytes.');
  const key = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8_HEAD, secret]),
    format: 'der',
    type: 'pkcs8',
  });
  return { x: createPublicKey(key).export({ format: 'jwk' }).x, y: undefined };
}

function coordinate(point: Buffer, start: number): string {
  return point.subarray(start, start + COORDINATE_BYTES).toString('base64url');
}
