import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { stackOf } from '../errors.js';
import { resolveHostProvider } from '../options/host-provider.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import type { AuditEvent, AuditSink } from '../ports/audit-sink.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { LogAuditSink } from './log-audit-sink.js';
import { SubjectHash } from './subject-hash.js';
import { IsoTimestamp } from './iso-timestamp.js';

/**
 * Injection token of the {@link AuditSink}. The option `auditSink` provides it; override it in tests.
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

/** @internal An event before it is recorded: without its time, and with principals and ids instead of hashes. */
export interface AuditEntry extends Omit<AuditEvent, 'occurredAt' | 'subject' | 'actor'> {
  readonly principal?: unknown;
  /** The principal of the person who views the docs as another one. */
  readonly actor?: unknown;
  /** The id of the visitor, if there is no principal. */
  readonly subjectId?: string | undefined;
}

/**
 * Passes audit events to the sink. Never throws, and never delays a request.
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
  /** Set at start, or at the first event if `LazyModuleLoader` loads the module. */
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

  /** Records one event with the current time. */
  record(entry: AuditEntry): void {
    const { principal, subjectId, actor } = entry;
    const subject = subjectId === undefined ? this.#subjects.of(principal) : this.#subjects.hash(subjectId);
    const event = createEvent(entry, this.#time.now(), subject, this.#subjects.of(actor));
    try {
      // The interface says `void`, but an implementation may be asynchronous.
      const sent: unknown = (this.#sink ??= this.#findSink()).record(event);
      if (sent instanceof Promise) sent.catch((error: unknown) => this.#recordInLog(event, error));
    } catch (error) {
      this.#recordInLog(event, error);
    }
  }

  /** The id of a principal, of which events have the hash; `undefined` if it has none. */
  idOf(principal: unknown): string | undefined {
    return this.#subjects.read(principal);
  }

  /** If the sink fails, the event is logged instead. */
  #recordInLog(event: AuditEvent, error: unknown): void {
    this.#logger.error('The audit sink failed. The event is logged instead.', stackOf(error));
    this.#log.record(event);
  }
}

/** Sets properties one by one and in a fixed order, so that events share a V8 shape. Absent values are not set. */
function createEvent(
  entry: AuditEntry,
  occurredAt: string,
  subject: string | undefined,
  actor: string | undefined,
): AuditEvent {
  const event: { -readonly [Name in keyof AuditEvent]?: AuditEvent[Name] } = { occurredAt, type: entry.type };
  if (entry.handshake !== undefined) event.handshake = entry.handshake;
  event.outcome = entry.outcome;
  if (entry.tenantId !== undefined) event.tenantId = entry.tenantId;
  if (subject !== undefined) event.subject = subject;
  if (actor !== undefined) event.actor = actor;
  if (entry.reason !== undefined) event.reason = entry.reason;
  if (entry.groupCount !== undefined) event.groupCount = entry.groupCount;
  if (entry.durationMs !== undefined) event.durationMs = entry.durationMs;
  if (entry.keyId !== undefined) event.keyId = entry.keyId;
  return Object.freeze(event) as AuditEvent;
}
