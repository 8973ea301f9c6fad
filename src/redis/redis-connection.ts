import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { StartError } from '../config/start-error.js';

/** A server that hangs is as good as none: who waits for it goes on without. */
const COMMAND_TIMEOUT_MS = 1_000;

/** The connection to Redis, where there is one. Closed with the app. */
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
   * @throws {StartError} when nobody answers there
   */
  async open(): Promise<Redis | undefined> {
    if (this.redisUrl === undefined) return undefined;
    let isConnected = false;
    const redis = new Redis(this.redisUrl, {
      lazyConnect: true,
      maxRetriesPerRequest: 1,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // A connection that is lost later on is made again; one that cannot be made at start is a wrong setting.
      retryStrategy: (attempt) => (isConnected ? Math.min(attempt * 100, 2_000) : null),
    });
    // Each command fails by itself while the server is away: see the answers of the OAuth server and the counts of the limits.
    redis.on('error', () => undefined);
    this.redis = redis;
    try {
      await redis.connect();
      await redis.ping();
      isConnected = true;
    } catch (cause) {
      redis.disconnect();
      throw new StartError(
        'The Redis server could not be reached. Start it, or correct REDIS_URL, such as redis://localhost:6379.',
        { cause },
      );
    }
    return redis;
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}
