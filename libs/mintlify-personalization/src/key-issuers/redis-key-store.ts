import type { PlaygroundKeyStore } from '../ports/playground-key-store.js';

/** A client of `ioredis` or of `redis` (node-redis). */
export type RedisKeyClient = { get(key: string): Promise<string | null> } & (
  | { setex(key: string, seconds: number, value: string): Promise<unknown> }
  | { setEx(key: string, seconds: number, value: string): Promise<unknown> }
);

/** Options of {@link RedisKeyStore}. */
export interface RedisKeyStoreOptions {
  /** What each Redis key begins with. Default `mintlify:playground-keys:`. */
  readonly prefix?: string;
}

/**
 * Keeps playground keys in Redis, for several processes. Redis gets encrypted records under keyed hashes, and deletes them
 * when they expire.
 *
 * @example
 * ```ts
 * useFactory: (redis: Redis, config: ConfigService) => ({
 *   docsUrl: 'https://docs.foo.com',
 *   playgroundKeys: { store: new RedisKeyStore(redis), secret: config.getOrThrow('PLAYGROUND_KEYS_SECRET') },
 * }),
 * ```
 */
export class RedisKeyStore implements PlaygroundKeyStore {
  readonly #redis: RedisKeyClient;
  readonly #prefix: string;

  /** @param redis connected; its own timeouts apply, and `playgroundKeys.timeoutMs` for all together */
  constructor(redis: RedisKeyClient, { prefix = 'mintlify:playground-keys:' }: RedisKeyStoreOptions = {}) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async read(id: string): Promise<string | undefined> {
    return (await this.#redis.get(this.#prefix + id)) ?? undefined;
  }

  async write(id: string, record: string, expiresAt: number): Promise<void> {
    const seconds = Math.max(1, Math.ceil(expiresAt - Date.now() / 1_000));
    const key = this.#prefix + id;
    await ('setex' in this.#redis
      ? this.#redis.setex(key, seconds, record)
      : this.#redis.setEx(key, seconds, record));
  }
}
