import { createPublicKey, KeyObject } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { SIGNING_RULES } from '../shared/docs-mode.js';
import type { DocsMode, SigningRule } from '../shared/docs-mode.js';
import { isRecord } from '../shared/type-guards.js';

/**
 * A public key: SPKI PEM text, a public JWK (object or JSON text), or a `KeyObject`. For a private `KeyObject`,
 * its public half is used.
 *
 * @example
 * const key: PublicKeyInput = '-----BEGIN PUBLIC KEY-----\n…';
 */
export type PublicKeyInput = string | JsonWebKey | KeyObject;

// The names of the curves, or of the key type, in node:crypto.
const NODE_NAMES: Record<SigningRule['keyKind'], string> = { 'P-256': 'prime256v1', Ed25519: 'ed25519' };
const ARTICLES: Record<SigningRule['keyKind'], string> = { 'P-256': 'a', Ed25519: 'an' };

/** A key that verifies tokens. */
export interface VerificationKey {
  /** The key ID, if the JWK has one. */
  kid?: string;
  key: KeyObject;
}

/**
 * Parses the public keys of a docs site: P-256 for personalization, Ed25519 for authentication (handshakes.md,
 * sections 2 and 3).
 *
 * @throws TypeError that names the entry and the fix, for an empty list, a private key as text or JWK, another
 * key type, or text that is not a key. No message contains any part of the key.
 * @example
 * parsePublicKeys([readFileSync('docs-public.pem', 'utf8')], 'personalization');
 */
export function parsePublicKeys(inputs: readonly PublicKeyInput[], mode: DocsMode): VerificationKey[] {
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new TypeError('publicKeys is empty. Pass the public half of the key that your backend signs with.');
  }
  return inputs.map((input, index) => {
    const name = `publicKeys[${index}]`;
    const parsed = parsePublicKey(input, name);
    requireKeyKind(parsed.key, mode, name);
    return parsed;
  });
}

function parsePublicKey(input: PublicKeyInput, name: string): VerificationKey {
  if (input instanceof KeyObject) return { key: toPublicKey(input, name) };
  if (typeof input === 'string') {
    const text = input.trim();
    return text.startsWith('{') ? parseJwk(parseJson(text, name), name) : { key: parsePem(text, name) };
  }
  if (typeof input === 'object' && input !== null) return parseJwk(input, name);
  throw new TypeError(`${name} is ${typeof input}. Pass SPKI PEM text, a public JWK or a KeyObject.`);
}

function toPublicKey(key: KeyObject, name: string): KeyObject {
  if (key.type === 'secret') throw new TypeError(`${name} is a shared secret. Pass a public key.`);
  return key.type === 'private' ? createPublicKey(key) : key;
}

function parsePem(text: string, name: string): KeyObject {
  const pem = text.replaceAll(String.raw`\n`, '\n');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw new TypeError(
      `${name} is a private key. Pass its public half: run \`openssl pkey -in private.pem -pubout\`.`,
    );
  }
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) {
    throw new TypeError(`${name} is not a public key. The text must begin with -----BEGIN PUBLIC KEY-----.`);
  }
  return readKey(() => createPublicKey(pem), name, 'PEM form');
}

function parseJwk(jwk: JsonWebKey, name: string): VerificationKey {
  if (jwk.d !== undefined || jwk.k !== undefined) {
    throw new TypeError(`${name} is a private JWK. Remove \`d\` and pass only the public members.`);
  }
  const key = readKey(() => createPublicKey({ key: jwk, format: 'jwk' }), name, 'JWK form');
  return { key, ...(typeof jwk.kid === 'string' && { kid: jwk.kid }) };
}

function parseJson(text: string, name: string): JsonWebKey {
  try {
    const jwk: unknown = JSON.parse(text);
    if (isJwk(jwk)) return jwk;
  } catch {
    // No cause: the parser's message contains the text.
  }
  throw new TypeError(`${name} is not a valid JWK. It must be a JSON object with \`kty\`.`);
}

function isJwk(value: unknown): value is JsonWebKey {
  return isRecord(value) && typeof value.kty === 'string';
}

function readKey(read: () => KeyObject, name: string, form: string): KeyObject {
  try {
    return read();
  } catch (cause) {
    throw new TypeError(`${name} is not a valid public key in ${form}. Check that it is complete.`, {
      cause,
    });
  }
}

function requireKeyKind(key: KeyObject, mode: DocsMode, name: string): void {
  const { algorithm, keyKind } = SIGNING_RULES[mode];
  const kind = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? 'unknown';
  if (kind === NODE_NAMES[keyKind]) return;
  throw new TypeError(
    `${name} is a key of type ${kind}, but ${mode} uses ${algorithm}. Pass ${ARTICLES[keyKind]} ${keyKind} key.`,
  );
}
