import { Module } from '@nestjs/common';
import { RedisConnection } from './redis-connection.js';

/** Injection token of the `Redis` client: `undefined` without `REDIS_URL`. */
export const REDIS = Symbol('REDIS');

/** Connects to Redis before the app accepts requests, if `REDIS_URL` is set. */
@Module({
  providers: [
    RedisConnection,
    {
      provide: REDIS,
      inject: [RedisConnection],
      useFactory: (connection: RedisConnection) => connection.open(),
    },
  ],
  exports: [REDIS],
})
export class RedisModule {}
