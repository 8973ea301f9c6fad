import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { MintlifyPersonalizationError } from '../errors.js';
import { parseSignatureHeader, type SignatureHeader } from './signature-header.js';

/** @internal How far the clocks of the sender and of this machine may be apart, either way. */
export const TOLERANCE_SECONDS = 300;

/**
 * Reads a signature header and checks its age: all that can be checked before the body is there.
 *
 * @internal
 * @param name of the header, for messages
 * @param nowMs milliseconds since the epoch
 * @throws MintlifyPersonalizationError `invalid_signature`
 */
export function readSignature(name: string, header: string, nowMs: number): SignatureHeader {
  const signature = parseSignatureHeader(header);
  if (signature === undefined) {
    throw invalidSignature(`The header ${name} is not one t=… with one or more v1=….`);
  }
  const ageSeconds = Math.floor(nowMs / 1_000) - Number(signature.timestamp);
  if (Math.abs(ageSeconds) <= TOLERANCE_SECONDS) return signature;
  throw invalidSignature(
    `The signature in ${name} is ${ageSeconds} seconds old, and may be ${TOLERANCE_SECONDS} seconds off either way. ` +
      'If the sender is real, check the time synchronization of this machine.',
  );
}

/**
 * Checks that one of the signatures is the HMAC-SHA256 of `timestamp.body` with one of the secrets. It compares all of
 * them with all secrets, each in constant time, so the time it takes says nothing about them.
 *
 * @internal
 * @param name of the header, for messages
 * @returns what is the same for each signature of this body at this time, whichever secret it is of: the one with the first
 * secret, in hexadecimal
 * @throws MintlifyPersonalizationError `invalid_signature`
 */
export function verifySignature(
  name: string,
  { timestamp, signatures }: SignatureHeader,
  body: Uint8Array,
  secrets: readonly KeyObject[],
): string {
  const all = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest(),
  );
  let isValid = false;
  for (const expected of all) {
    for (const signature of signatures) {
      if (timingSafeEqual(expected, signature)) isValid = true;
    }
  }
  const [first] = all;
  if (isValid && first !== undefined) return first.toString('hex');
  throw invalidSignature(
    `The signature in ${name} was made with another secret or for another body. If the sender is real, add its current ` +
      'secret to secrets, and let no proxy change the body.',
  );
}

/** @internal */
export function invalidSignature(message: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_signature', message);
}
