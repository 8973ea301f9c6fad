import type { KeyObject } from 'node:crypto';
import { types } from 'node:util';
import type { MintlifyPersonalizationError } from '../errors.js';
import { assertKeyKind } from './assert-key-kind.js';
import { derKeyError } from './der-key.js';
import { invalidKeyError, publicKeyError } from './key-errors.js';
import type { KeyKind } from '../mintlify/key-kind.js';
import { readKeyObject, type KeyObjectContent, type WrappedKey } from './key-object.js';
import { findTextMistake } from './key-text-mistakes.js';
import { readKeyText, type UnknownKeyText } from './key-text.js';
import { assertConsistent, importJsonWebKey, parseJwkText, type PrivateKey } from './private-jwk.js';
import { importPem } from './private-pem.js';

/**
 * Imports the private key of a docs site: P-256 for `personalization` (ES256, RFC 7518, section 3.4), Ed25519 for
 * `authentication` (EdDSA, RFC 8037, section 3.1).
 *
 * Accepts PEM (PKCS#8 or SEC1), also as environment variables change it, a private JWK as an object or as JSON, and a
 * `KeyObject`. No message contains any part of what was given.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`, saying what was given instead
 */
export function importPrivateKey(key: unknown, kind: KeyKind): PrivateKey {
  if (key === undefined || key === null || (typeof key === 'string' && key.trim() === '')) {
    throw invalidKeyError(
      'is empty or undefined',
      `Set the environment variable where the app runs. ${kind.fix}`,
    );
  }
  const imported = importAny(key, kind);
  assertKeyKind(imported.key, kind);
  assertConsistent(imported.key.export({ format: 'jwk' }), kind);
  return imported;
}

function importAny(key: unknown, kind: KeyKind): PrivateKey {
  if (typeof key === 'string') return importText(key, kind);
  if (types.isKeyObject(key)) return { key: assertPrivate(key, kind), keyId: undefined };
  if (typeof key !== 'object' || key === null) throw unknownFormError(kind);
  const content = readKeyObject(key);
  if (content.kind === 'unknown') throw unknownFormError(kind);
  return importContent(content, kind);
}

function importText(text: string, kind: KeyKind): PrivateKey {
  const found = readKeyText(text);
  switch (found.kind) {
    case 'pem':
      return { key: importPem(found.blocks, kind), keyId: undefined };
    case 'json':
      return importContent(readKeyObject(parseJwkText(found.json)), kind);
    case 'unknown':
      throw unknownTextError(found, kind);
  }
}

function importContent(content: KeyObjectContent, kind: KeyKind): PrivateKey {
  switch (content.kind) {
    case 'jwk':
      return importJsonWebKey(content.members, kind);
    case 'jwk-set':
      throw invalidKeyError('is a JWK Set or a list of keys', 'Pass only the private JWK.');
    case 'wrapped':
      throw wrappedKeyError(content);
    case 'bytes':
      throw derKeyError(content.bytes, kind, 'bytes') ?? bytesError();
    case 'crypto-key':
      throw invalidKeyError('is a CryptoKey', 'Pass a KeyObject: KeyObject.from(key).');
    case 'unknown':
      throw invalidKeyError('is JSON, but not a JWK: it has no "kty"', kind.fix);
  }
}

function wrappedKeyError({ content, property }: WrappedKey): MintlifyPersonalizationError {
  const place = property === undefined ? 'one of its properties' : `its property "${property}"`;
  return invalidKeyError(
    `is an object with a ${content} in ${place}`,
    'Pass only the value of that property. If it is in JSON, parse it with JSON.parse first.',
  );
}

function bytesError(): MintlifyPersonalizationError {
  return invalidKeyError('is bytes, but must be a string', "Pass bytes.toString('utf8').");
}

function unknownFormError({ fix }: KeyKind): MintlifyPersonalizationError {
  return invalidKeyError('is not a PEM, a JWK, a KeyObject or a TokenSigner', fix);
}

function unknownTextError({ texts, bytes }: UnknownKeyText, kind: KeyKind): MintlifyPersonalizationError {
  const derError = bytes && derKeyError(bytes, kind, 'base64');
  if (derError !== undefined) return derError;
  for (const text of texts) {
    const mistake = findTextMistake(text);
    if (mistake !== undefined) return invalidKeyError(mistake.what, mistake.fix);
  }
  return invalidKeyError('is neither a PEM nor a JWK', `Copy the whole key. ${kind.fix}`);
}

function assertPrivate(key: KeyObject, kind: KeyKind): KeyObject {
  if (key.type === 'public') throw publicKeyError(kind);
  if (key.type === 'secret') throw invalidKeyError('is a symmetric key', kind.fix);
  return key;
}
