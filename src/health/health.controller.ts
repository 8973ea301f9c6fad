import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import type { HealthCheckResult } from '@nestjs/terminus';
import { MintlifyHealthIndicator } from 'nestjs-mintlify-personalization/terminus';
import { DatabaseHealthIndicator } from './database-health-indicator.js';
import { RedisHealthIndicator } from './redis-health-indicator.js';

/** Whether this process can do its work: for a load balancer, which sends visitors elsewhere meanwhile. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(DatabaseHealthIndicator) private readonly database: DatabaseHealthIndicator,
    @Inject(RedisHealthIndicator) private readonly redis: RedisHealthIndicator,
    @Inject(MintlifyHealthIndicator) private readonly signing: MintlifyHealthIndicator,
  ) {}

  /** 200, or 503 with what is down. */
  @Get()
  async check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.isHealthy('database'),
      ...(this.redis.isConfigured ? [() => this.redis.isHealthy('redis')] : []),
      () => this.signing.isHealthy('signing'),
    ]);
  }
}
