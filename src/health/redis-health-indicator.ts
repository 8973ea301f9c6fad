import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import type { Redis } from 'ioredis';
import { REDIS } from '../redis/redis.module.js';
import { respondsInTime } from './responds-in-time.js';

/** Whether Redis answers, if it is configured. */
@Injectable()
export class RedisHealthIndicator {
  constructor(
    @Inject(REDIS) private readonly redis: Redis | undefined,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
  ) {}

  /** Whether `REDIS_URL` is set. */
  get isConfigured(): boolean {
    return this.redis !== undefined;
  }

  /** Healthy if Redis answers or is not configured. */
  async isHealthy(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    const isUp = this.redis === undefined || (await respondsInTime(this.redis.ping()));
    return isUp ? indicator.up() : indicator.down();
  }
}
