import { types } from 'node:util';
import { unreadableKeyError } from './key-errors.js';

/** @internal The members of a JWK (RFC 7517, section 4) that are needed here, each read once. */
export interface JwkMembers {
  readonly kty: unknown;
  readonly crv: unknown;
  readonly d: unknown;
  readonly x: unknown;
  readonly y: unknown;
  readonly kid: unknown;
  readonly use: unknown;
  readonly alg: unknown;
  /** Whether `key_ops` is a list without "sign". */
  readonly forbidsSigning: boolean;
}

/** @internal A PEM or a JWK in a property. */
export interface WrappedKey {
  readonly kind: 'wrapped';
  readonly content: 'PEM' | 'JWK';
  /** `undefined` unless it is a common name: any other may be a secret. */
  readonly property: string | undefined;
}

/** @internal What an object contains. */
export type KeyObjectContent =
  | { readonly kind: 'jwk'; readonly members: JwkMembers }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | WrappedKey
  | { readonly kind: 'jwk-set' | 'crypto-key' | 'unknown' };

/** Common names of the property with the key, in configuration files and secret stores. */
const COMMON_PROPERTIES = new Set([
  'key',
  'private_key',
  'privateKey',
  'signingKey',
  'pem',
  'jwk',
  'secret',
  'value',
]);
/** How many properties are checked. */
const MAX_PROPERTIES = 100;

/**
 * Reads an object that may be a key. Each property is read once, so that the checked value is the one that is imported.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key` if a getter or a proxy throws
 */
export function readKeyObject(value: object): KeyObjectContent {
  try {
    return readContent(value);
  } catch {
    throw unreadableKeyError();
  }
}

function readContent(value: object): KeyObjectContent {
  if (Array.isArray(value)) return { kind: 'jwk-set' };
  const bytes = readBytes(value);
  if (bytes !== undefined) return { kind: 'bytes', bytes };
  if (types.isCryptoKey(value)) return { kind: 'crypto-key' };
  // It must be an array: a Map has a method `keys`.
  if ('keys' in value && Array.isArray(value.keys)) return { kind: 'jwk-set' };
  if ('kty' in value) return { kind: 'jwk', members: readMembers(value) };
  return findWrapped(value) ?? { kind: 'unknown' };
}

function readMembers(jwk: object): JwkMembers {
  const { kty, crv, d, x, y, kid, use, alg, key_ops: operations } = jwk as Record<string, unknown>;
  const forbidsSigning = Array.isArray(operations) && !operations.includes('sign');
  return { kty, crv, d, x, y, kid, use, alg, forbidsSigning };
}

function readBytes(value: object): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return types.isAnyArrayBuffer(value) ? new Uint8Array(value) : undefined;
}

function findWrapped(value: object): KeyObjectContent | undefined {
  for (const name of Object.keys(value).slice(0, MAX_PROPERTIES)) {
    const content = nameContent((value as Record<string, unknown>)[name]);
    const property = COMMON_PROPERTIES.has(name) ? name : undefined;
    if (content !== undefined) return { kind: 'wrapped', content, property };
  }
  return undefined;
}

function nameContent(value: unknown): 'PEM' | 'JWK' | undefined {
  if (typeof value === 'string') return value.includes('-----BEGIN ') ? 'PEM' : undefined;
  return typeof value === 'object' && value !== null && 'kty' in value ? 'JWK' : undefined;
}
