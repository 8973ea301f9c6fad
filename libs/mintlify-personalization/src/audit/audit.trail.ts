import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { stackOf } from '../errors.js';
import { getHostPort } from '../options/host-port.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { AuditEvent, AuditSink } from '../ports/audit-sink.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { LogAuditSink } from './log.audit-sink.js';
import { SubjectHash } from './subject-hash.js';

/**
 * The token of the {@link AuditSink}. The option `auditSink` provides it; tests override it.
 *
 * @example
 * ```ts
 * const events: AuditEvent[] = [];
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(AUDIT_SINK)
 *   .useValue({ record: (event: AuditEvent) => events.push(event) });
 * ```
 */
export const AUDIT_SINK = Symbol('AUDIT_SINK');

/** @internal What is to be recorded: an event without its time, and the visitor as the guard left them. */
export type AuditEntry = Omit<AuditEvent, 'occurredAt' | 'subject'> & { readonly principal?: unknown };

/**
 * Hands audit events to the sink. Never throws, and keeps no request waiting.
 *
 * @internal
 */
@Injectable()
export class AuditTrail implements OnModuleInit {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #log = new LogAuditSink();
  readonly #subjects: SubjectHash;
  readonly #clock: Clock;
  readonly #moduleRef: ModuleRef;
  #sink: AuditSink = this.#log;

  constructor(
    @Inject(RESOLVED_OPTIONS) { audit }: Pick<ResolvedOptions, 'audit'>,
    @Inject(CLOCK) clock: Clock,
    @Inject(ModuleRef) moduleRef: ModuleRef,
  ) {
    this.#subjects = new SubjectHash(audit);
    this.#clock = clock;
    this.#moduleRef = moduleRef;
  }

  /** @throws MintlifyPersonalizationError `invalid_option` */
  onModuleInit(): void {
    const port = { token: AUDIT_SINK, option: 'auditSink', method: 'record' } as const;
    this.#sink = getHostPort<AuditSink>(this.#moduleRef, port) ?? this.#log;
  }

  /** Records one event, as of now. */
  record({ principal, ...entry }: AuditEntry): void {
    const event = this.#createEvent(entry, this.#subjects.of(principal));
    try {
      // The port says `void`, and a class may be asynchronous all the same.
      const sent: unknown = this.#sink.record(event);
      if (sent instanceof Promise) sent.catch((error: unknown) => this.#fallBack(event, error));
    } catch (error) {
      this.#fallBack(event, error);
    }
  }

  #createEvent(entry: Omit<AuditEntry, 'principal'>, subject: string | undefined): AuditEvent {
    const { type, ...rest } = entry;
    const now = new Date(this.#clock.now());
    // A clock that tells no time must not keep the news of it back.
    const occurredAt = (Number.isNaN(now.getTime()) ? new Date() : now).toISOString();
    const event: Record<string, unknown> = { occurredAt, type };
    for (const [name, value] of Object.entries({ ...rest, subject })) {
      if (value !== undefined) event[name] = value;
    }
    return Object.freeze(event) as unknown as AuditEvent;
  }

  /** Nothing is lost where the sink fails. */
  #fallBack(event: AuditEvent, error: unknown): void {
    this.#logger.error('The audit sink failed; its event follows in the log.', stackOf(error));
    this.#log.record(event);
  }
}
