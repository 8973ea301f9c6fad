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

  /** Why it does not is for the log of whoever needs it; here anybody reads. */
  async isHealthy(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    const isUp = await respondsInTime(this.database.execute(sql`select 1`));
    return isUp ? indicator.up() : indicator.down();
  }
}
