import { Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ThrottlerStorageService } from '@nestjs/throttler';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { failureReason } from '../database/failure-reason.js';

const PREFIX = 'acme:limit:';

/**
 * Counts a request atomically. KEYS[1] is the counter; ARGV are the window, the limit and the block duration, with times in
 * milliseconds. The first request starts the window; the first one over the limit replaces it with the block duration.
 */
const COUNT = `
local hits = redis.call('INCR', KEYS[1])
if hits == tonumber(ARGV[2]) + 1 and tonumber(ARGV[3]) > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
elseif hits == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return { hits, redis.call('PTTL', KEYS[1]) }
`;

type Count = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Stores the counters of `@nestjs/throttler` in Redis, so that a limit applies to all processes together. While Redis is
 * unavailable, each process counts on its own: limits still apply, and visitors are still served.
 */
export class RedisThrottlerStorage implements ThrottlerStorage, OnApplicationShutdown {
  private readonly logger = new Logger('RateLimit');
  private readonly fallback = new ThrottlerStorageService();
  private isUnavailable = false;

  constructor(private readonly redis: Redis) {}

  /** @param ttl in milliseconds, like `blockDuration`; the times in the result are in seconds */
  async increment(
    key: string,
    ttl: number,
    limit: number,
    blockDuration: number,
    throttlerName: string,
  ): Promise<Count> {
    try {
      return await this.count(key, ttl, limit, blockDuration);
    } catch (error) {
      this.logFirstFailure(error);
      return this.fallback.increment(key, ttl, limit, blockDuration, throttlerName);
    }
  }

  /** Stops the timers of the fallback. */
  onApplicationShutdown(): void {
    this.fallback.onApplicationShutdown();
  }

  private async count(key: string, ttl: number, limit: number, blockDuration: number): Promise<Count> {
    // Otherwise the command would wait for the next connection attempt.
    if (this.redis.status !== 'ready') throw new Error(`the connection is ${this.redis.status}`);
    const answer = await this.redis.eval(COUNT, 1, PREFIX + key, ttl, limit, blockDuration);
    const [totalHits, expiresInMs] = answer as [number, number];
    this.isUnavailable = false;
    const timeToExpire = Math.max(1, Math.ceil(expiresInMs / 1_000));
    const isBlocked = totalHits > limit;
    return { totalHits, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
  }

  /** Logs once per outage. */
  private logFirstFailure(error: unknown): void {
    if (this.isUnavailable) return;
    this.isUnavailable = true;
    this.logger.warn(
      `Redis does not answer (${failureReason(error)}). Until it does, this process counts rate limits on its own.`,
    );
  }
}
