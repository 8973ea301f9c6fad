import { Logger, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { MintlifyHealthIndicator } from 'nestjs-mintlify-personalization/terminus';
import { DatabaseModule } from '../database/database.module.js';
import { DocsModule } from '../docs/docs.module.js';
import { RedisModule } from '../redis/redis.module.js';
import { DatabaseHealthIndicator } from './database-health-indicator.js';
import { HealthController } from './health.controller.js';
import { RedisHealthIndicator } from './redis-health-indicator.js';

/** So that it writes to the log of the app, whatever its format. */
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
