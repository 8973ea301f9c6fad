import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { StartError } from '../config/start.error.js';

/** A new P-256 key, for a docs emulator that is told its public half. */
export function newSigningKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/**
 * The public half of a signing key, for the docs emulator. Reads PEM and JWK text as environment variables hold it:
 * in quotes, with a literal `\n` for each line break, in base64.
 *
 * @throws {StartError} when it cannot be read
 */
export function publicHalf(signingKey: string | KeyObject): KeyObject {
  if (typeof signingKey !== 'string') return createPublicKey(signingKey);
  try {
    const text = unwrap(signingKey);
    if (!text.startsWith('{')) return createPublicKey(text);
    const key: JsonWebKey = JSON.parse(text);
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    // Without the cause: a JSON error quotes the key.
    throw new StartError(
      'MINTLIFY_PRIVATE_KEY is in a form whose public half the docs emulator cannot be told. Give it as PEM text.',
    );
  }
}

function unwrap(value: string): string {
  const text = value
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n');
  return /^(?:-----|\{)/.test(text) ? text : Buffer.from(text, 'base64').toString('utf8');
}
