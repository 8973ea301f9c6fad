import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { AuditEvent } from 'nestjs-mintlify-personalization';
import { failureReason } from '../database/failure-reason.js';
import { ActivityRepository } from './activity-repository.js';
import { LATENCY_BOUNDS_MS, latencyCounter } from './activity-counters.js';
import type { ActivityCount, ActivityCounter } from './activity-counters.js';

const FLUSH_AFTER_MS = 10_000;
const MINUTE_MS = 60_000;

/** The most counts kept in memory while the database is unavailable. Further counts are dropped. */
const MAX_PENDING = 20_000;

/** The events that are counted. `login.required` is not: that login counts when it succeeds or is refused. */
const COUNTER_OF: Partial<Record<AuditEvent['type'], ActivityCounter>> = {
  'login.succeeded': 'logins',
  'login.refused': 'refusals',
  'user_info.served': 'lookups',
  'user_info.refused': 'refusals',
};

/**
 * Counts events per tenant and minute, and writes the counts to the database every few seconds. Requests do not wait for
 * that write and do not fail with it.
 */
@Injectable()
export class ActivityRecorder implements OnApplicationShutdown {
  private readonly logger = new Logger('Activity');
  private readonly pending = new Map<string, ActivityCount>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private isFailing = false;

  constructor(@Inject(ActivityRepository) private readonly repository: ActivityRepository) {}

  /** Counts an event. An event without a tenant is ignored: no administrator could see it. */
  record({ type, tenantId, occurredAt, durationMs }: AuditEvent): void {
    const counter = COUNTER_OF[type];
    if (counter === undefined || tenantId === undefined) return;
    const minute = new Date(Math.floor(Date.parse(occurredAt) / MINUTE_MS) * MINUTE_MS);
    this.count({ tenantId, minute, name: counter, count: 1 });
    if (counter !== 'refusals' && durationMs !== undefined) {
      const bound = LATENCY_BOUNDS_MS.find((each) => durationMs <= each) ?? Infinity;
      this.count({ tenantId, minute, name: latencyCounter(bound), count: 1 });
    }
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Writes all counts collected so far. Never rejects. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  /** Runs before the database closes, since this module imports the database module. */
  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  private count(added: ActivityCount): void {
    const key = `${added.minute.getTime()} ${added.name} ${added.tenantId}`;
    const known = this.pending.get(key);
    if (known !== undefined) known.count += added.count;
    else if (this.pending.size < MAX_PENDING) this.pending.set(key, added);
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const counts = [...this.pending.values()];
    if (counts.length === 0) return;
    this.pending.clear();
    try {
      await this.repository.add(counts);
      this.isFailing = false;
    } catch (error) {
      for (const count of counts) this.count(count);
      this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
      this.logFirstFailure(error);
    }
  }

  /** Logs once per outage. */
  private logFirstFailure(error: unknown): void {
    if (this.isFailing) return;
    this.isFailing = true;
    this.logger.warn(
      `Could not store the activity counts (${failureReason(error)}). They are kept in memory and retried.`,
    );
  }
}
