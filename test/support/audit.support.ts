import type { Type } from '@nestjs/common';
import type { AuditEvent, AuditSink } from 'nestjs-mintlify-personalization';

/** An audit sink that keeps what it is told, and the list to look into. */
export function auditCollector(): { auditSink: Type<AuditSink>; events: AuditEvent[] } {
  const events: AuditEvent[] = [];
  class CollectingAuditSink implements AuditSink {
    record(event: AuditEvent): void {
      events.push(event);
    }
  }
  return { auditSink: CollectingAuditSink, events };
}
