import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from './oidc-provider.js';

/** How many entries are kept at once. One login makes about five, most of them for a minute. */
const MAX_ENTRIES = 10_000;

/** The entries that all adapters of one OAuth server share. */
export class MemoryStore {
  readonly entries = new LRUCache<string, AdapterPayload>({ max: MAX_ENTRIES });
}

/** Keeps the state of the OAuth server in memory: bounded, with expiry, and gone at exit. */
export class MemoryAdapter implements Adapter {
  constructor(
    private readonly store: MemoryStore,
    /** The type of the entries, such as `AuthorizationCode`. */
    private readonly model: string,
  ) {}

  /** Stores an entry for `expiresIn` seconds. */
  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    this.store.entries.set(this.keyOf(id), payload, { ttl: expiresIn * 1_000 });
  }

  /** The entry, unless it has expired. */
  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.store.entries.get(this.keyOf(id));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.first((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.first((payload) => payload.userCode === userCode);
  }

  /**
   * Marks an entry as used. It is kept, so that a second use is detected.
   *
   * @throws InvalidGrant for all but one of several concurrent uses
   */
  async consume(id: string): Promise<void> {
    const key = this.keyOf(id);
    const payload = this.store.entries.get(key);
    if (payload === undefined || payload.consumed) throw new errors.InvalidGrant('used already');
    const consumed = Math.floor(Date.now() / 1_000);
    this.store.entries.set(key, { ...payload, consumed }, { ttl: this.store.entries.getRemainingTTL(key) });
  }

  async destroy(id: string): Promise<void> {
    this.store.entries.delete(this.keyOf(id));
  }

  /** Revokes all entries of a grant. */
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, payload] of this.store.entries.entries()) {
      if (payload.grantId === grantId && !key.startsWith('Grant:')) this.store.entries.delete(key);
    }
  }

  private first(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, payload] of this.store.entries.entries()) {
      if (key.startsWith(`${this.model}:`) && matches(payload)) return payload;
    }
    return undefined;
  }

  private keyOf(id: string): string {
    return `${this.model}:${id}`;
  }
}
