import type { Redis } from 'ioredis';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from './oidc-provider.js';

const PREFIX = 'acme:oidc:';

/** Keeps the state of the OAuth server in Redis, so that several processes share it. All entries expire. */
export class RedisAdapter implements Adapter {
  constructor(
    private readonly redis: Redis,
    /** The type of the entries, such as `AuthorizationCode`. */
    private readonly model: string,
  ) {}

  /** Stores an entry for `expiresIn` seconds. */
  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const key = this.keyOf(id);
    const pipeline = this.redis.multi();
    pipeline.set(key, JSON.stringify(payload), 'EX', expiresIn);
    if (payload.uid !== undefined) pipeline.set(uidKey(payload.uid), id, 'EX', expiresIn);
    if (payload.userCode !== undefined) pipeline.set(userCodeKey(payload.userCode), id, 'EX', expiresIn);
    if (payload.grantId !== undefined && this.model !== 'Grant') {
      // Indexes the entries of a grant, which are revoked together.
      pipeline.sadd(grantKey(payload.grantId), key);
      pipeline.expire(grantKey(payload.grantId), expiresIn, 'NX');
      pipeline.expire(grantKey(payload.grantId), expiresIn, 'GT');
    }
    const results = await pipeline.exec();
    const failure = results?.find(([error]) => error !== null)?.[0];
    if (failure) throw failure;
  }

  /** The entry, unless it has expired. */
  async find(id: string): Promise<AdapterPayload | undefined> {
    const text = await this.redis.get(this.keyOf(id));
    return text === null ? undefined : (JSON.parse(text) as AdapterPayload);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const id = await this.redis.get(uidKey(uid));
    return id === null ? undefined : this.find(id);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    const id = await this.redis.get(userCodeKey(userCode));
    return id === null ? undefined : this.find(id);
  }

  /**
   * Marks an entry as used. It is kept, so that a second use is detected.
   *
   * @throws InvalidGrant for all but one of several concurrent uses
   */
  async consume(id: string): Promise<void> {
    const key = this.keyOf(id);
    const [payload, ttlMs] = await Promise.all([this.find(id), this.redis.pttl(key)]);
    const isFirst =
      payload !== undefined &&
      ttlMs > 0 &&
      (await this.redis.set(`${key}:consumed`, '1', 'PX', ttlMs, 'NX')) === 'OK';
    if (!isFirst) throw new errors.InvalidGrant('used already');
    payload.consumed = Math.floor(Date.now() / 1_000);
    await this.redis.set(key, JSON.stringify(payload), 'KEEPTTL', 'XX');
  }

  async destroy(id: string): Promise<void> {
    await this.redis.del(this.keyOf(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const key = grantKey(grantId);
    await this.redis.del(...(await this.redis.smembers(key)), key);
  }

  private keyOf(id: string): string {
    return `${PREFIX}${this.model}:${id}`;
  }
}

const uidKey = (uid: string): string => `${PREFIX}uid:${uid}`;
const userCodeKey = (userCode: string): string => `${PREFIX}userCode:${userCode}`;
const grantKey = (grantId: string): string => `${PREFIX}grant:${grantId}`;
