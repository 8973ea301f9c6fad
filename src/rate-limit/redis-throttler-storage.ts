import { Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ThrottlerStorageService } from '@nestjs/throttler';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { failureReason } from '../database/failure-reason.js';

const PREFIX = 'acme:limit:';

/**
 * Counts a request, in one step for all processes: KEYS[1] is the count; ARGV are the window, the limit and the block, times
 * in milliseconds. The first request opens the window; the first one over the limit turns what is left of it into the block.
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
 * Keeps the counts of `@nestjs/throttler` in Redis, so that a limit holds for all processes together. While the server is
 * away each process counts by itself: a visitor is neither kept out nor let through without end.
 */
export class RedisThrottlerStorage implements ThrottlerStorage, OnApplicationShutdown {
  private readonly logger = new Logger('RateLimit');
  private readonly alone = new ThrottlerStorageService();
  private isUnavailable = false;

  constructor(private readonly redis: Redis) {}

  /** @param ttl in milliseconds, as is `blockDuration`; the times of the answer are in seconds */
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
      this.note(error);
      return this.alone.increment(key, ttl, limit, blockDuration, throttlerName);
    }
  }

  /** Stops the timer of what was counted alone. */
  onApplicationShutdown(): void {
    this.alone.onApplicationShutdown();
  }

  private async count(key: string, ttl: number, limit: number, blockDuration: number): Promise<Count> {
    // Otherwise the command would wait for the next try to connect.
    if (this.redis.status !== 'ready') throw new Error(`the connection is ${this.redis.status}`);
    const answer = await this.redis.eval(COUNT, 1, PREFIX + key, ttl, limit, blockDuration);
    const [totalHits, expiresInMs] = answer as [number, number];
    this.isUnavailable = false;
    const timeToExpire = Math.max(1, Math.ceil(expiresInMs / 1_000));
    const isBlocked = totalHits > limit;
    return { totalHits, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
  }

  /** Once for each time that it goes away. */
  private note(error: unknown): void {
    if (this.isUnavailable) return;
    this.isUnavailable = true;
    this.logger.warn(
      `Redis does not answer (${failureReason(error)}): until it does, this process counts by itself.`,
    );
  }
}
