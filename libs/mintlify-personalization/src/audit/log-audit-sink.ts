import { Logger } from '@nestjs/common';
import type { AuditEvent, AuditSink } from '../ports/audit-sink.js';

/**
 * Logs each event as one line of JSON with Nest's logger, in the context `MintlifyAudit`. Refusals and failures are
 * warnings.
 *
 * @internal
 */
export class LogAuditSink implements AuditSink {
  readonly #logger = new Logger('MintlifyAudit');

  record(event: AuditEvent): void {
    const line = JSON.stringify(event);
    if (event.outcome === 'ok' || event.type === 'login.required') this.#logger.log(line);
    else this.#logger.warn(line);
  }
}
