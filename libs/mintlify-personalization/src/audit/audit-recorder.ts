import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { stackOf } from '../errors.js';
import { resolveHostProvider } from '../options/host-provider.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { AuditEvent, AuditSink } from '../ports/audit-sink.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { LogAuditSink } from './log-audit-sink.js';
import { SubjectHash } from './subject-hash.js';
import { IsoTimestamp } from './iso-timestamp.js';

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
export class AuditRecorder implements OnModuleInit {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #log = new LogAuditSink();
  readonly #subjects: SubjectHash;
  readonly #time: IsoTimestamp;
  readonly #moduleRef: ModuleRef;
  /** `undefined` until it is looked for: at start, or at the first event in a module that `LazyModuleLoader` loads. */
  #sink: AuditSink | undefined;

  constructor(
    @Inject(RESOLVED_OPTIONS) { audit }: Pick<ResolvedOptions, 'audit'>,
    @Inject(CLOCK) clock: Clock,
    @Inject(ModuleRef) moduleRef: ModuleRef,
  ) {
    this.#subjects = new SubjectHash(audit);
    this.#time = new IsoTimestamp(clock);
    this.#moduleRef = moduleRef;
  }

  /** @throws MintlifyPersonalizationError `invalid_option` */
  onModuleInit(): void {
    this.#sink = this.#findSink();
  }

  #findSink(): AuditSink {
    const port = { token: AUDIT_SINK, option: 'auditSink', method: 'record' } as const;
    return resolveHostProvider<AuditSink>(this.#moduleRef, port) ?? this.#log;
  }

  /** Records one event, as of now. */
  record(entry: AuditEntry): void {
    const event = createEvent(entry, this.#time.now(), this.#subjects.of(entry.principal));
    try {
      // The port says `void`, and a class may be asynchronous all the same.
      const sent: unknown = (this.#sink ??= this.#findSink()).record(event);
      if (sent instanceof Promise) sent.catch((error: unknown) => this.#recordInLog(event, error));
    } catch (error) {
      this.#recordInLog(event, error);
    }
  }

  /** Nothing is lost where the sink fails. */
  #recordInLog(event: AuditEvent, error: unknown): void {
    this.#logger.error('The audit sink failed; its event follows in the log.', stackOf(error));
    this.#log.record(event);
  }
}

/** Always in the same order, one by one: events of one kind share a shape, and what is absent is no property. */
function createEvent(entry: AuditEntry, occurredAt: string, subject: string | undefined): AuditEvent {
  const event: { -readonly [Name in keyof AuditEvent]?: AuditEvent[Name] } = { occurredAt, type: entry.type };
  if (entry.handshake !== undefined) event.handshake = entry.handshake;
  event.outcome = entry.outcome;
  if (entry.tenantId !== undefined) event.tenantId = entry.tenantId;
  if (subject !== undefined) event.subject = subject;
  if (entry.groupCount !== undefined) event.groupCount = entry.groupCount;
  if (entry.durationMs !== undefined) event.durationMs = entry.durationMs;
  if (entry.keyId !== undefined) event.keyId = entry.keyId;
  return Object.freeze(event) as AuditEvent;
}
