import { createHash, randomBytes } from 'node:crypto';

/** The header in which a request to Acme's API has its key. */
export const API_KEY_HEADER = 'X-Acme-Key';

/** How long a key works: an hour. */
export const API_KEY_LIFETIME_SECONDS = 3_600;

const API_KEY = /^acme_[0-9a-f]{16}_[0-9a-f]{40}$/;
const ID_BYTES = 8;
const SECRET_BYTES = 20;

/** A new key, with its id, which is no secret. */
export function createApiKey(): { id: string; key: string } {
  const id = randomBytes(ID_BYTES).toString('hex');
  return { id, key: `acme_${id}_${randomBytes(SECRET_BYTES).toString('hex')}` };
}

/** What the database keeps of a key. The key has 160 bits that no one can guess, so a fast hash is enough. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether a text has the form of a key. */
export function isApiKey(text: string): boolean {
  return API_KEY.test(text);
}
