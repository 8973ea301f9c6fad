import { Logger, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { MintlifyHealthIndicator } from 'nestjs-mintlify-personalization/terminus';
import { DatabaseModule } from '../database/database.module.js';
import { DocsModule } from '../docs/docs.module.js';
import { RedisModule } from '../redis/redis.module.js';
import { DatabaseHealthIndicator } from './database-health-indicator.js';
import { HealthController } from './health.controller.js';
import { RedisHealthIndicator } from './redis-health-indicator.js';

/** Makes terminus write to the log of the app, in its format. */
class HealthLogger extends Logger {
  constructor() {
    super('Health');
  }
}

/** `GET /health`. */
@Module({
  imports: [
    TerminusModule.forRoot({ logger: HealthLogger, errorLogStyle: 'json' }),
    DatabaseModule,
    RedisModule,
    DocsModule,
  ],
  controllers: [HealthController],
  providers: [DatabaseHealthIndicator, RedisHealthIndicator, MintlifyHealthIndicator],
})
export class HealthModule {}
