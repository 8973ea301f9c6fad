import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The header in which a request to Acme's API has its key. */
export const API_KEY_HEADER = 'X-Acme-Key';

const API_KEY = /^acme_[0-9a-f]{16}_[0-9a-f]{40}$/;
const ID_BYTES = 8;
const SECRET_LENGTH = 40;

/** A random id for a new key: 16 hexadecimal digits. It is part of the key, and no secret. */
export function newApiKeyId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

/**
 * The key with this id. It follows from the session secret, so the docs can show a visitor the same key again while
 * the database holds only its hash. A deleted id makes a key worthless.
 */
export function apiKeyOf(id: string, sessionSecret: string): string {
  const secret = hkdfSync('sha256', sessionSecret, 'acme-cloud', 'api keys', 32);
  const proof = createHmac('sha256', Buffer.from(secret)).update(id).digest('hex').slice(0, SECRET_LENGTH);
  return `acme_${id}_${proof}`;
}

/** What the database keeps of a key. The key has 160 bits that no one can guess, so a fast hash is enough. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether a text has the form of a key. */
export function isApiKey(text: string): boolean {
  return API_KEY.test(text);
}
