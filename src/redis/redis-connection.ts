import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { StartError } from '../config/start-error.js';

/** After this time a server that hangs is treated as unavailable. */
const COMMAND_TIMEOUT_MS = 1_000;

/** The connection to Redis, if it is configured. It is closed on shutdown. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  private readonly redisUrl: string | undefined;
  private redis: Redis | undefined;

  constructor(@Inject(BACKEND_CONFIG) { redisUrl }: BackendConfig) {
    this.redisUrl = redisUrl;
  }

  /**
   * Connects.
   *
   * @returns `undefined` without `REDIS_URL`
   * @throws {StartError} if the server does not answer
   */
  async open(): Promise<Redis | undefined> {
    if (this.redisUrl === undefined) return undefined;
    let isConnected = false;
    const redis = new Redis(this.redisUrl, {
      lazyConnect: true,
      maxRetriesPerRequest: 1,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // A connection lost later is opened again. One that fails at start means a wrong setting.
      retryStrategy: (attempt) => (isConnected ? Math.min(attempt * 100, 2_000) : null),
    });
    // Each command reports its own failure: see `redis-unavailable.ts` and `redis-throttler-storage.ts`.
    redis.on('error', () => undefined);
    this.redis = redis;
    try {
      await redis.connect();
      await redis.ping();
      isConnected = true;
    } catch (cause) {
      redis.disconnect();
      throw new StartError(
        'The Redis server cannot be reached. Start it, or set REDIS_URL to its URL, such as redis://localhost:6379.',
        { cause },
      );
    }
    return redis;
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}
