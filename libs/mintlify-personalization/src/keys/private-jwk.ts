import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { KeyKind } from '../mintlify/key-kind.js';
import { invalidKeyError, publicKeyError, wrongKindError } from './key-errors.js';
import type { JwkMembers } from './key-object.js';
import { derivePublicPart, type PublicPart } from './public-part.js';

/** The members of a JWK that make up the key (RFC 7518, section 6.2; RFC 8037, section 2). */
type KeyParts = Partial<Pick<JwkMembers, 'd' | 'x' | 'y'>>;

/** @internal A private key and its `kid`. */
export interface PrivateKey {
  readonly key: KeyObject;
  readonly keyId: string | undefined;
}

/**
 * Imports a private JWK (RFC 7517).
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function importJsonWebKey(jwk: JwkMembers, kind: KeyKind): PrivateKey {
  assertUsable(jwk, kind);
  assertConsistent(jwk, kind);
  const { d, x, y, kid } = jwk;
  if (kid !== undefined && (typeof kid !== 'string' || kid.trim() === '')) {
    throw invalidKeyError(
      'is a JWK whose "kid" is not a non-empty string',
      'Leave "kid" out, or set it to a name.',
    );
  }
  try {
    const { kty, crv } = kind;
    const parts = { d: normalize(d), x: normalize(x), ...(kty === 'EC' && { y: normalize(y) }) };
    return { key: createPrivateKey({ key: { kty, crv, ...parts }, format: 'jwk' }), keyId: kid };
  } catch {
    throw invalidKeyError(`is a JWK whose members are not a ${kind.crv} key`, kind.fix);
  }
}

/**
 * Throws if the public half of a key does not match its private half: no verifier would accept its tokens.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function assertConsistent({ d, x, y }: KeyParts, { crv, fix }: KeyKind): void {
  let derived: PublicPart;
  try {
    derived = derivePublicPart(crv, d);
  } catch {
    throw invalidKeyError(`has a private part that is not on ${crv}`, fix);
  }
  const isWhole = derived.x === normalize(x) && (derived.y === undefined || derived.y === normalize(y));
  if (!isWhole) {
    throw invalidKeyError(
      'has a public part that does not match its private part',
      `Export the key again. ${fix}`,
    );
  }
}

/**
 * Parses JSON, also if it was encoded as a JSON string whose outer quotes were removed.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function parseJwkText(json: string): object {
  for (const text of [json, `"${json}"`]) {
    try {
      const value: unknown = JSON.parse(text);
      return Object(typeof value === 'string' ? JSON.parse(value) : value) as object;
    } catch {
      // The parser's error quotes the text, so it must not become the cause.
    }
  }
  if (json.includes('-----BEGIN ')) {
    throw invalidKeyError(
      'is a PEM inside invalid JSON',
      'Pass only the PEM, from its BEGIN line to its END line.',
    );
  }
  throw invalidKeyError('begins like JSON, but is not valid', 'Pass the JWK as one complete JSON object.');
}

function assertUsable({ kty, crv, d, use, alg, forbidsSigning }: JwkMembers, kind: KeyKind): void {
  if (kty === 'oct') throw invalidKeyError('is a symmetric key', kind.fix);
  if (typeof kty !== 'string') {
    throw invalidKeyError('is JSON, but not a JWK: it has no "kty"', kind.fix);
  }
  if (d === undefined) throw publicKeyError(kind);
  if (kty !== kind.kty || crv !== kind.crv) throw wrongKindError(kind, typeof crv === 'string' ? crv : kty);
  const hasOtherAlgorithm = alg !== undefined && !kind.jwkAlgorithms.includes(alg as string);
  if ((use !== undefined && use !== 'sig') || hasOtherAlgorithm || forbidsSigning) {
    throw invalidKeyError(
      `is a JWK whose "use", "alg" or "key_ops" is not for signing with ${kind.algorithm}`,
      kind.fix,
    );
  }
}

/** Canonical base64url. Anything but a string becomes empty. */
function normalize(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : '', 'base64url').toString('base64url');
}
