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
 * How often visitors may ask: counted in this process, or in Redis for all processes. The guards of this folder say what
 * is counted; who is over a limit gets 429 with `Retry-After`.
 */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      imports: [RedisModule],
      inject: [BACKEND_CONFIG, REDIS],
      useFactory: ({ rateLimits }: BackendConfig, redis: Redis | undefined): ThrottlerModuleOptions => ({
        // In this order: an address that is over its limit counts for no account.
        throttlers: (['loginsPerAddress', 'loginsPerAccount', 'docsPerVisitor'] as const).map((name) => ({
          name,
          limit: rateLimits[name],
          ttl: RATE_LIMIT_WINDOW_SECONDS * 1_000,
        })),
        storage: redis && new RedisThrottlerStorage(redis),
        // The headers would tell anybody how often somebody else has tried to log in.
        setHeaders: false,
      }),
    }),
  ],
  providers: [DocsLimitGuard],
  exports: [DocsLimitGuard],
})
export class RateLimitModule {}
