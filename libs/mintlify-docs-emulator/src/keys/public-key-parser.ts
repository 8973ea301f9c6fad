import { createPublicKey, KeyObject } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { SIGNING_RULES } from '../shared/docs-mode.js';
import type { DocsMode, SigningRule } from '../shared/docs-mode.js';
import { isRecord } from '../shared/type-guards.js';

/**
 * A public key in one of the forms it comes in: SPKI PEM text, a public JWK (object or JSON text), or a
 * `KeyObject`. Of a private `KeyObject` the public half is used.
 *
 * @example
 * const key: PublicKeyInput = '-----BEGIN PUBLIC KEY-----\n…';
 */
export type PublicKeyInput = string | JsonWebKey | KeyObject;

// As node:crypto calls the curve, or the type of a key that has no choice of curves.
const NODE_NAMES: Record<SigningRule['keyKind'], string> = { 'P-256': 'prime256v1', Ed25519: 'ed25519' };
const ARTICLES: Record<SigningRule['keyKind'], string> = { 'P-256': 'a', Ed25519: 'an' };

/** A key that tokens are checked with. */
export interface VerificationKey {
  /** The key's id, when its JWK carries one. */
  kid?: string;
  key: KeyObject;
}

/**
 * Reads the public keys of a docs site. Each must be of the kind that the mode signs with: P-256 for
 * personalization, Ed25519 for authentication (handshakes.md, sections 2 and 3).
 *
 * @throws TypeError naming the entry and the mend, for an empty list, a private key given as text or JWK, a
 * key of another kind, or text that is no key. No message holds a part of the key.
 * @example
 * parsePublicKeys([readFileSync('docs-public.pem', 'utf8')], 'personalization');
 */
export function parsePublicKeys(inputs: readonly PublicKeyInput[], mode: DocsMode): VerificationKey[] {
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new TypeError('publicKeys is empty: give the public half of the key that your backend signs with.');
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
  throw new TypeError(`${name} is ${typeof input}: give SPKI PEM text, a public JWK or a KeyObject.`);
}

function toPublicKey(key: KeyObject, name: string): KeyObject {
  if (key.type === 'secret') throw new TypeError(`${name} is a shared secret: give a public key.`);
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
  return { key, ...(typeof jwk.kid === 'string' && { kid: jwk.kid }) };
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

function requireKeyKind(key: KeyObject, mode: DocsMode, name: string): void {
  const { algorithm, keyKind } = SIGNING_RULES[mode];
  const kind = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? 'unknown';
  if (kind === NODE_NAMES[keyKind]) return;
  throw new TypeError(
    `${name} is a key of the kind ${kind}: ${mode} uses ${algorithm}, so give ${ARTICLES[keyKind]} ${keyKind} key.`,
  );
}
