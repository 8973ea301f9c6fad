import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { activityCounts } from '../database/database-schema.js';
import type { ActivityCount } from './activity-counters.js';

const HOUR_MS = 3_600_000;

/** How long counts are kept. */
const RETENTION_MS = 24 * HOUR_MS;

/** A statement takes at most 65,535 parameters, and a row has four. */
const BATCH_SIZE = 1_000;

/** Stores the activity counts of each tenant, summed over all processes. */
@Injectable()
export class ActivityRepository {
  private nextCleanupMs = 0;

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Adds counts to the stored ones, in one transaction. */
  async add(counts: readonly ActivityCount[]): Promise<void> {
    // Sorted, so that processes that write at the same time lock the rows in the same order and cannot deadlock.
    const rows = counts.toSorted((one, other) => compare(keyOf(one), keyOf(other)));
    await this.database.transaction(async (transaction) => {
      for (let start = 0; start < rows.length; start += BATCH_SIZE) {
        await transaction
          .insert(activityCounts)
          .values(rows.slice(start, start + BATCH_SIZE))
          .onConflictDoUpdate({
            target: [activityCounts.tenantId, activityCounts.minute, activityCounts.name],
            set: { count: sql`${activityCounts.count} + excluded.count` },
          });
      }
    });
    await this.cleanUp();
  }

  /** The counts of one tenant since a point in time. */
  async findSince(tenantId: string, since: Date): Promise<ActivityCount[]> {
    return this.database
      .select()
      .from(activityCounts)
      .where(and(eq(activityCounts.tenantId, tenantId), gte(activityCounts.minute, since)));
  }

  private async cleanUp(): Promise<void> {
    const nowMs = Date.now();
    if (nowMs < this.nextCleanupMs) return;
    this.nextCleanupMs = nowMs + HOUR_MS;
    await this.database
      .delete(activityCounts)
      .where(lt(activityCounts.minute, new Date(nowMs - RETENTION_MS)));
  }
}

function keyOf({ tenantId, minute, name }: ActivityCount): string {
  return `${tenantId} ${minute.toISOString()} ${name}`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
