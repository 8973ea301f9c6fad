/**
 * What happened. `login.required`: an anonymous browser was sent to `loginUrl`, which is how a login usually starts.
 * `schema.violated`: a claim mapper gave what its visitor schema does not allow, and the docs got it anyway.
 * `playground_keys.…`: short-lived keys for the API playground were issued or revoked, or could not be issued.
 * `view_as.started`: someone views the docs as another person.
 */
export type AuditEventType =
  | 'login.succeeded'
  | 'login.required'
  | 'login.refused'
  | 'user_info.served'
  | 'user_info.refused'
  | 'view_as.started'
  | 'view_as.refused'
  | 'redirect.refused'
  | 'key.rotated'
  | 'signer.failed'
  | 'schema.violated'
  | 'playground_keys.issued'
  | 'playground_keys.failed'
  | 'playground_keys.revoked';

/** The handshake that the visitor used. */
export type AuditHandshake = 'jwt' | 'shared-session' | 'oauth' | 'view-as' | 'scalar' | 'token-claims';

/** One event, for monitoring and audits. It has no claim, no token and no key, and only keyed hashes of people. */
export interface AuditEvent {
  readonly type: AuditEventType;
  /** ISO 8601, UTC, with milliseconds. */
  readonly occurredAt: string;
  /**
   * `'ok'`; the code of an error (`MintlifyErrorCode`); why a redirect was refused (`RedirectRefusal`);
   * `'visitor_refused'` if the claim mapper, the tenant resolver or the tenant source threw 401 or 403; `'http_429'` and
   * the like for a response that your app sent itself; `'client_closed'` if the visitor left before the response.
   */
  readonly outcome: string;
  readonly handshake?: AuditHandshake;
  /** The tenant, if it is known. Absent for the default docs site. */
  readonly tenantId?: string;
  /** The visitor: a keyed hash (HMAC-SHA-256, 22 characters) of what the option `audit.subject` returns. */
  readonly subject?: string;
  /**
   * Who views the docs as the visitor `subject`: a keyed hash like that one. Each `view_as` event has both, and `reason`.
   */
  readonly actor?: string;
  /** Why the docs are viewed as another person, as the actor wrote it: 1 to 500 characters. */
  readonly reason?: string;
  /** How many groups were sent to the docs. */
  readonly groupCount?: number;
  /** Milliseconds from the start of the handshake to the response, including your own guards. */
  readonly durationMs?: number;
  /** The `kid` of the key that signed, or of the new key. */
  readonly keyId?: string;
}

/**
 * Receives audit events: implement it to send them to a queue, a database or a monitoring service, and set the option
 * `auditSink`. By default each event is one line of JSON in Nest's log.
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
   * Receives one event. It is called while a visitor waits: pass the event on and return at once. If it throws, the
   * request goes on and the event is logged.
   */
  record(event: AuditEvent): void;
}
