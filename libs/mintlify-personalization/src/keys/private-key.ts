import type { KeyObject } from 'node:crypto';
import { types } from 'node:util';
import type { KeyKind } from './key-kind.js';
import { nameKeyKind } from './key-kind.js';
import { keyRefusal, kindRefusal, publicKeyRefusal } from './key-refusal.js';
import { readKeyText } from './key-text.js';
import { assertConsistent, importJsonWebKey, parseJwkText, type PrivateKey } from './private-jwk.js';
import { importPem } from './private-pem.js';

/**
 * Imports the private key of a docs site: exactly P-256 for `personalization` (ES256, RFC 7518, section 3.4),
 * exactly Ed25519 for `authentication` (EdDSA, RFC 8037, section 3.1).
 *
 * Takes PEM (PKCS#8 or SEC1) in every state that environment variables leave it in, a private JWK as an
 * object or as JSON text, and a `KeyObject`. No message holds a byte of the key.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`, saying what was given instead
 */
export async function importPrivateKey(key: unknown, kind: KeyKind): Promise<PrivateKey> {
  if (key === undefined || key === null || (typeof key === 'string' && key.trim() === '')) {
    throw keyRefusal(
      'is empty or undefined',
      `Is the environment variable set where the app runs? ${kind.mend}`,
    );
  }
  const imported = await importAny(key, kind);
  assertKind(imported.key, kind);
  assertConsistent(imported.key.export({ format: 'jwk' }), kind);
  return imported;
}

async function importAny(key: unknown, kind: KeyKind): Promise<PrivateKey> {
  if (typeof key === 'string') return importText(key, kind);
  if (types.isKeyObject(key)) return { key: assertPrivate(key, kind), keyId: undefined };
  // Not any `keys`: a Buffer and a Map have a method of that name.
  if (typeof key === 'object' && key !== null && ('kty' in key || ('keys' in key && Array.isArray(key.keys))))
    return importJsonWebKey(key, kind);
  throw keyRefusal('is neither PEM text, nor a JWK, nor a KeyObject, nor a TokenSigner', kind.mend);
}

async function importText(text: string, kind: KeyKind): Promise<PrivateKey> {
  const found = readKeyText(text);
  switch (found.kind) {
    case 'pem':
      return { key: importPem(found.blocks, kind), keyId: undefined };
    case 'json':
      return importJsonWebKey(parseJwkText(found.json), kind);
    case 'unknown':
      throw keyRefusal(
        'is neither a PEM text nor a JWK',
        `Was it cut short when it was copied? ${kind.mend}`,
      );
  }
}

function assertPrivate(key: KeyObject, kind: KeyKind): KeyObject {
  if (key.type === 'public') throw publicKeyRefusal(kind);
  if (key.type === 'secret') throw keyRefusal('is a symmetric key', kind.mend);
  return key;
}

function assertKind(key: KeyObject, kind: KeyKind): void {
  const type = key.asymmetricKeyType ?? '';
  const found = type === 'ec' ? (key.asymmetricKeyDetails?.namedCurve ?? type) : type;
  if (nameKeyKind(found) !== kind.crv) throw kindRefusal(kind, found);
}
