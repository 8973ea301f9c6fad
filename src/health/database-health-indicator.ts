import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { sql } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { respondsInTime } from './responds-in-time.js';

/** Whether the database answers. */
@Injectable()
export class DatabaseHealthIndicator {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
  ) {}

  /** The result has no reason for a failure, since the route is public. */
  async isHealthy(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    const isUp = await respondsInTime(this.database.execute(sql`select 1`));
    return isUp ? indicator.up() : indicator.down();
  }
}
