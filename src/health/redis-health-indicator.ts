import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import type { Redis } from 'ioredis';
import { REDIS } from '../redis/redis.module.js';
import { respondsInTime } from './responds-in-time.js';

/** Whether Redis answers, where there is one. */
@Injectable()
export class RedisHealthIndicator {
  constructor(
    @Inject(REDIS) private readonly redis: Redis | undefined,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
  ) {}

  /** Whether there is a server to ask. */
  get isConfigured(): boolean {
    return this.redis !== undefined;
  }

  /** One that is not configured is not missed. */
  async isHealthy(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    const isUp = this.redis === undefined || (await respondsInTime(this.redis.ping()));
    return isUp ? indicator.up() : indicator.down();
  }
}
