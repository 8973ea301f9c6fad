import { createECDH, createPrivateKey, KeyObject, type JsonWebKey } from 'node:crypto';
import { types } from 'node:util';
import { importJWK } from 'jose';
import { MintlifyPersonalizationError } from '../errors.js';
import { readKeyText, type PemBlock } from './key-text.js';

/** Names of keys that people bring by mistake, by Node's and by JOSE's names. */
const KINDS: Record<string, string> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  secp256k1: 'secp256k1',
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  dsa: 'DSA',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  x25519: 'X25519',
  x448: 'X448',
};

const MEND =
  'Use the P-256 private key that the Mintlify dashboard generated for you (PKCS#8 PEM), or make one with ' +
  '"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256".';

/**
 * Imports the private key of a docs site in `personalization` mode: exactly P-256 (ES256, RFC 7518,
 * section 3.4).
 *
 * Takes PEM (PKCS#8 or SEC1) in every state that environment variables leave it in, a private JWK as an
 * object or as JSON text, and a `KeyObject`. No message holds a byte of the key.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`, saying what was given instead
 */
export async function importPrivateKey(key: unknown): Promise<KeyObject> {
  if (key === undefined || key === null || (typeof key === 'string' && key.trim() === '')) {
    throw refusal('is empty or undefined', `Is the environment variable set where the app runs? ${MEND}`);
  }
  const imported = await importAny(key);
  assertP256(imported);
  assertConsistent(imported.export({ format: 'jwk' }));
  return imported;
}

async function importAny(key: unknown): Promise<KeyObject> {
  if (typeof key === 'string') return importText(key);
  if (types.isKeyObject(key)) return assertPrivate(key);
  // Not any `keys`: a Buffer and a Map have a method of that name.
  if (typeof key === 'object' && key !== null && ('kty' in key || ('keys' in key && Array.isArray(key.keys))))
    return importJsonWebKey(key);
  throw refusal('is neither PEM text, nor a JWK, nor a KeyObject, nor a TokenSigner', MEND);
}

async function importText(text: string): Promise<KeyObject> {
  const found = readKeyText(text);
  switch (found.kind) {
    case 'pem':
      return importPem(found.blocks);
    case 'json':
      return importJsonWebKey(parseJson(found.json));
    case 'unknown':
      throw refusal('is neither a PEM text nor a JWK', `Was it cut short when it was copied? ${MEND}`);
  }
}

function importPem(blocks: readonly PemBlock[]): KeyObject {
  // `openssl ecparam -genkey` puts the name of the curve before the key.
  const [block, ...more] = blocks.filter(({ label }) => label !== 'EC PARAMETERS');
  if (block === undefined) throw refusal('holds curve parameters and no key', MEND);
  if (more.length > 0) {
    throw refusal('holds several keys or certificates in one text', 'Keep the one private key alone.');
  }
  if (block.label.includes('CERTIFICATE'))
    throw refusal('is a certificate, which holds a public key only', MEND);
  if (block.label.includes('PUBLIC KEY')) throw publicKeyRefusal();
  if (block.encrypted) {
    throw refusal(
      'is an encrypted PEM',
      'Decrypt it with "openssl pkey -in encrypted.pem -out key.pem" and keep the result in a secret store.',
    );
  }
  try {
    return createPrivateKey(block.pem);
  } catch {
    // OpenSSL's own error says nothing that helps, and is left out lest it ever quote the key.
    throw refusal(
      'has the frame of a PEM, but what is inside is not a private key',
      `Was it cut short? ${MEND}`,
    );
  }
}

async function importJsonWebKey(jwk: object): Promise<KeyObject> {
  if (Array.isArray(jwk) || 'keys' in jwk) {
    throw refusal('holds several keys (a JWK Set)', 'Give the one private JWK alone.');
  }
  const { kty, crv, d, use, key_ops: operations, alg } = jwk as JsonWebKey & Record<string, unknown>;
  if (kty === 'oct') throw refusal('is a symmetric key', MEND);
  if (typeof kty !== 'string') throw refusal('is JSON, but not a JWK: it has no "kty"', MEND);
  if (d === undefined) throw publicKeyRefusal();
  if (kty !== 'EC' || crv !== 'P-256') throw kindRefusal(crv ?? kty);
  const mayNotSign = Array.isArray(operations) && !operations.includes('sign');
  if ((use !== undefined && use !== 'sig') || (alg !== undefined && alg !== 'ES256') || mayNotSign) {
    throw refusal('is a JWK whose "use", "alg" or "key_ops" is not for signing with ES256', MEND);
  }
  assertConsistent(jwk as JsonWebKey);
  try {
    const { x, y } = jwk as JsonWebKey;
    const imported = await importJWK({ kty, crv, d, x, y }, 'ES256', {
      extractable: true,
    });
    return KeyObject.from(imported);
  } catch {
    throw refusal('is a JWK whose parts are not a P-256 key', MEND);
  }
}

/** JSON, or what is left of JSON that was written as a JSON text when its outer quotes are gone. */
function parseJson(json: string): object {
  for (const text of [json, `"${json}"`]) {
    try {
      const value: unknown = JSON.parse(text);
      return Object(typeof value === 'string' ? JSON.parse(value) : value) as object;
    } catch {
      // The parser's own error quotes the text: it must not become the cause.
    }
  }
  throw refusal('begins like JSON, but is not', 'Give the JWK as one whole JSON object.');
}

function assertPrivate(key: KeyObject): KeyObject {
  if (key.type === 'public') throw publicKeyRefusal();
  if (key.type === 'secret') throw refusal('is a symmetric key', MEND);
  return key;
}

function assertP256(key: KeyObject): void {
  const kind = key.asymmetricKeyType ?? '';
  const curve = kind === 'ec' ? (key.asymmetricKeyDetails?.namedCurve ?? 'ec') : kind;
  if (curve !== 'prime256v1') throw kindRefusal(KINDS[curve] ?? curve);
}

/** The public half must be the one that belongs to the private half, or no verifier would accept a token. */
function assertConsistent({ d, x, y }: JsonWebKey): void {
  const ecdh = createECDH('prime256v1');
  try {
    ecdh.setPrivateKey(decodePart(d));
  } catch {
    throw refusal('has a private part that is not on P-256', MEND);
  }
  const point = Buffer.concat([Buffer.of(4), decodePart(x), decodePart(y)]);
  if (!ecdh.getPublicKey().equals(point)) {
    throw refusal('has a public part that does not match its private part', `Export the key again. ${MEND}`);
  }
}

/** Whatever JSON had in the place of a text is no part of a key. */
function decodePart(part: unknown): Buffer {
  return Buffer.from(typeof part === 'string' ? part : '', 'base64url');
}

function publicKeyRefusal(): MintlifyPersonalizationError {
  return refusal('is a public key', `The docs hold the public half; signing needs the private one. ${MEND}`);
}

/** Only a name from the list is repeated: whatever else stands there may be a piece of the key. */
function kindRefusal(kind: string): MintlifyPersonalizationError {
  const name = Object.values(KINDS).includes(kind) ? kind : 'none known here';
  return refusal(
    `is a key of the wrong kind (${name}); mode 'personalization' signs with P-256 (ES256) alone`,
    MEND,
  );
}

function refusal(what: string, mend: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_signing_key', `signingKey ${what}. ${mend}`);
}
