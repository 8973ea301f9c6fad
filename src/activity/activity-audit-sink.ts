import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditEvent, AuditSink } from 'nestjs-mintlify-personalization';
import { ActivityRecorder } from './activity-recorder.js';

/** Logs each audit event as the library's default sink does, and counts it for the activity page. */
@Injectable()
export class ActivityAuditSink implements AuditSink {
  private readonly logger = new Logger('MintlifyAudit');

  constructor(@Inject(ActivityRecorder) private readonly recorder: ActivityRecorder) {}

  record(event: AuditEvent): void {
    const line = JSON.stringify(event);
    if (event.outcome === 'ok' || event.type === 'login.required') this.logger.log(line);
    else this.logger.warn(line);
    this.recorder.record(event);
  }
}
