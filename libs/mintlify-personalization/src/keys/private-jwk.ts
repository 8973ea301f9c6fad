import { KeyObject, type JsonWebKey } from 'node:crypto';
import { importJWK } from 'jose';
import type { KeyKind } from './key-kind.js';
import { keyRefusal, kindRefusal, publicKeyRefusal } from './key-refusal.js';
import { derivePublicPart, type PublicPart } from './public-part.js';

/** @internal A private key, and the `kid` that came with it. */
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
export async function importJsonWebKey(jwk: object, kind: KeyKind): Promise<PrivateKey> {
  if (Array.isArray(jwk) || 'keys' in jwk) {
    throw keyRefusal('holds several keys (a JWK Set)', 'Give the one private JWK alone.');
  }
  assertUsable(jwk, kind);
  assertConsistent(jwk as JsonWebKey, kind);
  const { d, x, y, kid } = jwk as JsonWebKey & { kid?: unknown };
  if (kid !== undefined && (typeof kid !== 'string' || kid.trim() === '')) {
    throw keyRefusal('is a JWK whose "kid" is not a text', 'Leave "kid" out, or give the key a name.');
  }
  try {
    const { kty, crv, algorithm } = kind;
    const parts = { d: normalize(d), x: normalize(x), ...(kty === 'EC' && { y: normalize(y) }) };
    const imported = await importJWK({ kty, crv, ...parts }, algorithm, { extractable: true });
    return { key: KeyObject.from(imported), keyId: kid };
  } catch {
    throw keyRefusal(`is a JWK whose parts are not a ${kind.crv} key`, kind.mend);
  }
}

/**
 * Refuses a key whose public half is not the one that belongs to its private half: no verifier would accept a
 * token.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function assertConsistent({ d, x, y }: JsonWebKey, { crv, mend }: KeyKind): void {
  let derived: PublicPart;
  try {
    derived = derivePublicPart(crv, d);
  } catch {
    throw keyRefusal(`has a private part that is not on ${crv}`, mend);
  }
  const isWhole = derived.x === normalize(x) && (derived.y === undefined || derived.y === normalize(y));
  if (!isWhole) {
    throw keyRefusal(
      'has a public part that does not match its private part',
      `Export the key again. ${mend}`,
    );
  }
}

/**
 * Reads JSON, or what is left of JSON that was written as a JSON text when its outer quotes are gone.
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
      // The parser's own error quotes the text: it must not become the cause.
    }
  }
  throw keyRefusal('begins like JSON, but is not', 'Give the JWK as one whole JSON object.');
}

function assertUsable(jwk: object, kind: KeyKind): void {
  const { kty, crv, d, use, key_ops: operations, alg } = jwk as JsonWebKey & Record<string, unknown>;
  if (kty === 'oct') throw keyRefusal('is a symmetric key', kind.mend);
  if (typeof kty !== 'string') throw keyRefusal('is JSON, but not a JWK: it has no "kty"', kind.mend);
  if (d === undefined) throw publicKeyRefusal(kind);
  if (kty !== kind.kty || crv !== kind.crv) throw kindRefusal(kind, crv ?? kty);
  const isForElse = alg !== undefined && !kind.jwkAlgorithms.includes(alg as string);
  const mayNotSign = Array.isArray(operations) && !operations.includes('sign');
  if ((use !== undefined && use !== 'sig') || isForElse || mayNotSign) {
    throw keyRefusal(
      `is a JWK whose "use", "alg" or "key_ops" is not for signing with ${kind.algorithm}`,
      kind.mend,
    );
  }
}

/** base64url in one spelling. Whatever JSON had in the place of a text is no part of a key. */
function normalize(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : '', 'base64url').toString('base64url');
}
