import { createPublicKey, KeyObject } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { isRecord } from '../shared/record.guard.js';

/**
 * A public key in one of the forms it comes in: SPKI PEM text, a public JWK (object or JSON text), or a
 * `KeyObject`. Of a private `KeyObject` the public half is used.
 *
 * @example
 * const key: PublicKeyInput = '-----BEGIN PUBLIC KEY-----\n…';
 */
export type PublicKeyInput = string | JsonWebKey | KeyObject;

/** A key that tokens are checked with. */
export interface VerificationKey {
  /** The key's id, when its JWK carries one. */
  kid?: string;
  key: KeyObject;
}

/**
 * Reads the public keys of a docs site. Personalization signs with ES256, so each must be a P-256 key
 * (handshakes.md, section 2).
 *
 * @throws TypeError naming the entry and the mend, for an empty list, a private key given as text or JWK, a
 * key of another kind, or text that is no key. No message holds a part of the key.
 * @example
 * parsePublicKeys([readFileSync('docs-public.pem', 'utf8')]);
 */
export function parsePublicKeys(inputs: readonly PublicKeyInput[]): VerificationKey[] {
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new TypeError('publicKeys is empty: give the public half of the key that your backend signs with.');
  }
  return inputs.map((input, index) => parsePublicKey(input, `publicKeys[${index}]`));
}

function parsePublicKey(input: PublicKeyInput, name: string): VerificationKey {
  if (input instanceof KeyObject) return { key: requireP256(publicHalf(input, name), name) };
  if (typeof input === 'string') {
    const text = input.trim();
    if (text.startsWith('{')) return parseJwk(parseJson(text, name), name);
    return { key: requireP256(parsePem(text, name), name) };
  }
  if (typeof input === 'object' && input !== null) return parseJwk(input, name);
  throw new TypeError(`${name} is ${typeof input}: give SPKI PEM text, a public JWK or a KeyObject.`);
}

function publicHalf(key: KeyObject, name: string): KeyObject {
  if (key.type === 'secret') throw new TypeError(`${name} is a shared secret: give a P-256 public key.`);
  return key.type === 'private' ? createPublicKey(key) : key;
}

function parsePem(text: string, name: string): KeyObject {
  const pem = text.replaceAll(String.raw`\n`, '\n');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw new TypeError(
      `${name} is a private key: give its public half, which \`openssl pkey -in private.pem -pubout\` prints.`,
    );
  }
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) {
    throw new TypeError(`${name} is no public key: the text must begin with -----BEGIN PUBLIC KEY-----.`);
  }
  return readKey(() => createPublicKey(pem), name, 'PEM text');
}

function parseJwk(jwk: JsonWebKey, name: string): VerificationKey {
  if (jwk.d !== undefined || jwk.k !== undefined) {
    throw new TypeError(`${name} is a private JWK: leave out \`d\` and give the public members alone.`);
  }
  const key = readKey(() => createPublicKey({ key: jwk, format: 'jwk' }), name, 'JWK');
  return { key: requireP256(key, name), ...(typeof jwk.kid === 'string' && { kid: jwk.kid }) };
}

function parseJson(text: string, name: string): JsonWebKey {
  try {
    const jwk: unknown = JSON.parse(text);
    if (isJwk(jwk)) return jwk;
  } catch {
    // No cause: the parser's message quotes the text.
  }
  throw new TypeError(`${name} begins like a JWK but is not one: it must be a JSON object with \`kty\`.`);
}

function isJwk(value: unknown): value is JsonWebKey {
  return isRecord(value) && typeof value.kty === 'string';
}

function readKey(read: () => KeyObject, name: string, form: string): KeyObject {
  try {
    return read();
  } catch (cause) {
    throw new TypeError(`${name} is not a public key that can be read from ${form}: is it cut short?`, {
      cause,
    });
  }
}

function requireP256(key: KeyObject, name: string): KeyObject {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve === 'prime256v1') return key;
  const kind = curve ?? key.asymmetricKeyType;
  throw new TypeError(
    `${name} is a key of the kind ${kind}: personalization uses ES256, so give a P-256 key.`,
  );
}
