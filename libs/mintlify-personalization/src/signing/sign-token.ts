import { types } from 'node:util';
import { MintlifyPersonalizationError } from '../errors.js';
import type { SigningKeyHandle } from '../keys/signing-key-handle.js';
import type { TokenClaims } from '../mintlify/token-claims.js';

/** The length of r‖s for ES256, and of R‖S for EdDSA. */
const SIGNATURE_BYTES = 64;

/** For the local signer, which needs no signal. Other signers have their own deadline. */
const NEVER_ABORTED = new AbortController().signal;

/** @internal What is signed: the header of the key and the claims, encoded (RFC 7515, section 5.1). */
export function createSigningInput({ encodedHeader }: SigningKeyHandle, claims: TokenClaims): string {
  return encodedHeader + Buffer.from(JSON.stringify(claims)).toString('base64url');
}

/** @internal Signs what {@link createSigningInput} gave. Throws what the signer throws. */
export function signBytes(
  { signer }: SigningKeyHandle,
  signingInput: string,
): Uint8Array | Promise<Uint8Array> {
  return signer.sign(Buffer.from(signingInput, 'latin1'), NEVER_ABORTED);
}

/**
 * @internal Asserts that a signer gave a signature in the form that JWS takes (RFC 7518, section 3.4).
 * @throws MintlifyPersonalizationError `signer_failed`
 */
export function assertSignature(signature: unknown): asserts signature is Uint8Array {
  if (types.isUint8Array(signature) && signature.length === SIGNATURE_BYTES) return;
  throw new MintlifyPersonalizationError(
    'signer_failed',
    `The token signer did not return a signature of ${SIGNATURE_BYTES} bytes. Return r‖s, not DER.`,
  );
}

/** @internal The JWS in compact form (RFC 7515, section 7.1). */
export function joinToken(signingInput: string, signature: Uint8Array): string {
  const { buffer, byteOffset, length } = signature;
  return `${signingInput}.${Buffer.from(buffer, byteOffset, length).toString('base64url')}`;
}
