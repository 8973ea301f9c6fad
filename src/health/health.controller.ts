import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import type { HealthCheckResult } from '@nestjs/terminus';
import { MintlifyHealthIndicator } from 'nestjs-mintlify-personalization/terminus';
import { DatabaseHealthIndicator } from './database-health-indicator.js';
import { RedisHealthIndicator } from './redis-health-indicator.js';

/** The health of this process, for load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(DatabaseHealthIndicator) private readonly database: DatabaseHealthIndicator,
    @Inject(RedisHealthIndicator) private readonly redis: RedisHealthIndicator,
    @Inject(MintlifyHealthIndicator) private readonly signing: MintlifyHealthIndicator,
  ) {}

  /** Answers 200, or 503 with the dependencies that are down. */
  @Get()
  async check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.isHealthy('database'),
      ...(this.redis.isConfigured ? [() => this.redis.isHealthy('redis')] : []),
      () => this.signing.isHealthy('signing'),
    ]);
  }
}
