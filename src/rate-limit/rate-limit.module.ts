import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { BACKEND_CONFIG, RATE_LIMIT_WINDOW_SECONDS } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { REDIS, RedisModule } from '../redis/redis.module.js';
import { DocsLimitGuard } from './docs-limit.guard.js';
import { RedisThrottlerStorage } from './redis-throttler-storage.js';

/**
 * Rate limits, counted in this process, or in Redis for all processes. The guards in this folder decide what is counted; a
 * client over a limit gets 429 with `Retry-After`.
 */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      imports: [RedisModule],
      inject: [BACKEND_CONFIG, REDIS],
      useFactory: ({ rateLimits }: BackendConfig, redis: Redis | undefined): ThrottlerModuleOptions => ({
        // The order matters: an address over its limit does not use up the limit of an account.
        throttlers: (['loginsPerAddress', 'loginsPerAccount', 'docsPerVisitor'] as const).map((name) => ({
          name,
          limit: rateLimits[name],
          ttl: RATE_LIMIT_WINDOW_SECONDS * 1_000,
        })),
        storage: redis && new RedisThrottlerStorage(redis),
        // The headers would reveal how often others have tried to log in to an account.
        setHeaders: false,
      }),
    }),
  ],
  providers: [DocsLimitGuard],
  exports: [DocsLimitGuard],
})
export class RateLimitModule {}
