/**
 * What happened. `login.required` is an anonymous browser that was sent to `loginUrl`: the usual start of a login, and
 * no refusal.
 */
export type AuditEventType =
  | 'login.succeeded'
  | 'login.required'
  | 'login.refused'
  | 'user_info.served'
  | 'user_info.refused'
  | 'redirect.refused'
  | 'key.rotated'
  | 'signer.failed';

/** By which handshake a visitor came. */
export type AuditHandshake = 'jwt' | 'shared-session' | 'oauth';

/** One event, for monitoring and audits. Holds no claim, no token, no key, and of the visitor a keyed hash alone. */
export interface AuditEvent {
  readonly type: AuditEventType;
  /** ISO 8601, UTC, with milliseconds. */
  readonly occurredAt: string;
  /**
   * `'ok'`; the code of an error (`MintlifyErrorCode`); why a redirect was refused (`RedirectRefusal`); `'http_429'` for
   * an answer of the host app's own, by its status; `'client_closed'` for a visitor who did not wait.
   */
  readonly outcome: string;
  readonly handshake?: AuditHandshake;
  /** The tenant, where it is known; absent for the default docs site. */
  readonly tenantId?: string;
  /** The visitor, as a keyed hash (HMAC-SHA-256) of the `subject` that the option `audit` says: 22 characters. */
  readonly subject?: string;
  /** How many groups the docs were told. */
  readonly groupCount?: number;
  /** Milliseconds since the handshake's guard saw the request, with those of the host's own guards. */
  readonly durationMs?: number;
  /** The `kid` of the key that signed, or that signs from now on. */
  readonly keyId?: string;
}

/**
 * The port to wherever audit events go: a log, a queue, a database. Set by the option `auditSink`; without it, each
 * event is one line of JSON in Nest's log.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class QueueAuditSink implements AuditSink {
 *   constructor(@Inject(EventQueue) private readonly queue: EventQueue) {}
 *
 *   record(event: AuditEvent): void {
 *     this.queue.add(event);
 *   }
 * }
 * ```
 */
export interface AuditSink {
  /**
   * Takes one event. Called while a visitor waits: hand the event on and return at once. What it throws harms no
   * request; the event goes to the log then.
   */
  record(event: AuditEvent): void;
}
