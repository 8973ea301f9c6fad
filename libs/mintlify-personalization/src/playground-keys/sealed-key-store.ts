import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { PlaygroundKeyStore } from '../ports/playground-key-store.js';
import { expiryOf, NO_KEYS, parseRecord, type KeyRecord } from './key-record.js';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MAX_RECORD_LENGTH = 262_144;

/**
 * Reads and writes records, encrypted and under keyed hashes: the store learns neither a key nor a visitor, and cannot
 * exchange the records of two visitors.
 *
 * @internal
 */
export class SealedKeyStore {
  readonly #store: PlaygroundKeyStore;
  readonly #hashKey: KeyObject;
  readonly #cipherKey: KeyObject;

  constructor(store: PlaygroundKeyStore, secret: KeyObject) {
    this.#store = store;
    this.#hashKey = derive(secret, 'ids');
    this.#cipherKey = derive(secret, 'records');
  }

  /** The id of a visitor's record. */
  idOf(tenantId: string | undefined, subject: string): string {
    // A tenant id has no line break, so no two visitors have the same text.
    return createHmac('sha256', this.#hashKey)
      .update(`${tenantId ?? ''}\n${subject}`)
      .digest('base64url');
  }

  /** A record that cannot be decrypted, as after a change of the secret, counts as none. */
  async read(id: string): Promise<KeyRecord> {
    const text = await this.#store.read(id);
    if (typeof text !== 'string' || text.length > MAX_RECORD_LENGTH) return NO_KEYS;
    const opened = this.#open(id, Buffer.from(text, 'base64url'));
    return opened === undefined ? NO_KEYS : parseRecord(opened);
  }

  /** @param minExpiresAt when the record may be deleted at the earliest: seconds since the epoch */
  async write(id: string, record: KeyRecord, minExpiresAt = 0): Promise<void> {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#cipherKey, iv, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(id),
    );
    const sealed = Buffer.concat([
      iv,
      cipher.update(JSON.stringify(record)),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    await this.#store.write(id, sealed.toString('base64url'), Math.max(minExpiresAt, expiryOf(record)));
  }

  #open(id: string, sealed: Buffer): string | undefined {
    if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(CIPHER, this.#cipherKey, sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(id)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return (
        decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch {
      return undefined;
    }
  }
}

function derive(secret: KeyObject, purpose: string): KeyObject {
  return createSecretKey(
    Buffer.from(
      hkdfSync('sha256', secret, 'nestjs-mintlify-personalization', `playground keys: ${purpose}`, KEY_BYTES),
    ),
  );
}
