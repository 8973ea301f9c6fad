import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { AuditEvent } from 'nestjs-mintlify-personalization';
import { failureReason } from '../database/failure-reason.js';
import { ActivityRepository } from './activity-repository.js';
import { LATENCY_BOUNDS_MS, latencyCounter } from './activity-counters.js';
import type { ActivityCount, ActivityCounter } from './activity-counters.js';

const FLUSH_AFTER_MS = 10_000;
const MINUTE_MS = 60_000;

/** Of counts that wait for the database. What comes on top while it is away is not drawn. */
const MAX_PENDING = 20_000;

/** Which events are drawn. A visitor who is sent to the login is at the beginning of one, and counts when it ends. */
const COUNTER_OF: Partial<Record<AuditEvent['type'], ActivityCounter>> = {
  'login.succeeded': 'logins',
  'login.refused': 'refusals',
  'user_info.served': 'lookups',
  'user_info.refused': 'refusals',
};

/**
 * Counts what happens at each tenant, minute by minute, and hands the counts to the database from time to time. No request
 * waits for that, and none is harmed when it fails.
 */
@Injectable()
export class ActivityRecorder implements OnApplicationShutdown {
  private readonly logger = new Logger('Activity');
  private readonly waiting = new Map<string, ActivityCount>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private isFailing = false;

  constructor(@Inject(ActivityRepository) private readonly repository: ActivityRepository) {}

  /** Counts an event, where a tenant is known to whom it can be shown. */
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

  /** Writes all that was counted until now. Never rejects. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  /** Before the database is closed: its module is one of those that this one imports. */
  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  private count(added: ActivityCount): void {
    const key = `${added.minute.getTime()} ${added.name} ${added.tenantId}`;
    const known = this.waiting.get(key);
    if (known !== undefined) known.count += added.count;
    else if (this.waiting.size < MAX_PENDING) this.waiting.set(key, added);
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const counts = [...this.waiting.values()];
    if (counts.length === 0) return;
    this.waiting.clear();
    try {
      await this.repository.add(counts);
      this.isFailing = false;
    } catch (error) {
      for (const count of counts) this.count(count);
      this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
      this.note(error);
    }
  }

  /** Once for each time that it begins to fail. */
  private note(error: unknown): void {
    if (this.isFailing) return;
    this.isFailing = true;
    this.logger.warn(
      `The activity could not be stored (${failureReason(error)}). It is kept and tried again.`,
    );
  }
}
