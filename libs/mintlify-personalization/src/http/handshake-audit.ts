import { Inject, Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Telemetry } from '../audit/telemetry.js';
import type { AuditEventType } from '../ports/audit-sink.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { MONOTONIC_CLOCK, type MonotonicClock } from '../time/monotonic-clock.js';
import type { HandshakeExchange, HandshakeOutcome } from './handshake-exchange.js';
import { PrincipalReader } from './principal-reader.js';

/** The events of a token that was sent. */
const SIGNED: ReadonlySet<AuditEventType> = new Set(['login.succeeded', 'view_as.started']);

/**
 * Records how a handshake ended: one audit event and one count.
 *
 * @internal
 */
@Injectable()
export class HandshakeAudit {
  constructor(
    @Inject(AuditRecorder) private readonly audit: AuditRecorder,
    @Inject(Telemetry) private readonly telemetry: Telemetry,
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(PrincipalReader) private readonly principals: PrincipalReader,
    @Inject(MONOTONIC_CLOCK) private readonly clock: MonotonicClock,
  ) {}

  /** @param isDelivered whether the whole response was sent: a visitor who left was not served */
  record(exchange: HandshakeExchange, isDelivered: boolean): void {
    const { definition, response, tenant, startedAt, visit } = exchange;
    // The host app's own route with the same path and another method.
    if (!exchange.isHandshake && response.statusCode < 400) return;
    const { type, outcome, tenantId, groupCount } = this.#outcomeOf(exchange, isDelivered);
    const durationMs = round(this.clock.now() - startedAt);
    const tenantClass = this.tenants.classOf(tenant);
    this.telemetry.countHandshake({ handshake: definition.name, outcome, tenantClass, durationMs });
    this.audit.record({
      type,
      handshake: definition.name,
      outcome,
      tenantId: tenant?.id ?? tenantId,
      groupCount,
      durationMs,
      keyId: outcome === 'ok' && SIGNED.has(type) ? tenant?.key?.current.keyId : undefined,
      ...(visit === undefined
        ? { principal: this.principals.peek(exchange) }
        : { actor: visit.actor, subjectId: visit.subject, reason: visit.reason }),
    });
  }

  #outcomeOf(
    { refusedEvent: type, response, outcome }: HandshakeExchange,
    isDelivered: boolean,
  ): HandshakeOutcome {
    const { statusCode: status } = response;
    if (!isDelivered) return { type, outcome: 'client_closed', status };
    // The host app may have sent its own response: a timeout, or a page.
    return outcome?.status === status ? outcome : { type, outcome: `http_${status}`, status };
  }
}

/** Rounds to microseconds. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
