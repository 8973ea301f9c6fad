import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type HttpException } from '@nestjs/common';
import { AuditTrail } from '../audit/audit.trail.js';
import { Telemetry } from '../audit/telemetry.js';
import { MintlifyPersonalizationError } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { AuditEventType, AuditHandshake } from '../ports/audit-sink.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { MONOTONIC_CLOCK, type MonotonicClock } from '../time/monotonic-clock.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import type { HandshakeRequest } from './handshake-request.js';

/** One handshake: while it is on the way, and until its request is forgotten. */
interface Handshake {
  readonly startedAt?: number;
  tenant?: Tenant;
  isEnded?: true;
}

/** How one kind of handshake is spoken of. */
const REFUSED: Record<AuditHandshake, AuditEventType> = {
  jwt: 'login.refused',
  'shared-session': 'user_info.refused',
  oauth: 'user_info.refused',
};
const SUCCEEDED: Record<AuditHandshake, AuditEventType> = {
  jwt: 'login.succeeded',
  'shared-session': 'user_info.served',
  oauth: 'user_info.served',
};

/**
 * Follows each handshake from its guard to its end: one audit event and one count for each, and no more of them at once
 * than `maxConcurrentHandshakes`.
 *
 * @internal
 */
@Injectable()
export class HandshakeReporter {
  readonly #handshakes = new WeakMap<object, Handshake>();
  readonly #most: number;
  #count = 0;

  constructor(
    @Inject(RESOLVED_OPTIONS) { maxConcurrentHandshakes }: ResolvedOptions,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Telemetry) private readonly telemetry: Telemetry,
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(MONOTONIC_CLOCK) private readonly clock: MonotonicClock,
  ) {
    this.#most = maxConcurrentHandshakes;
  }

  /**
   * A handshake begins.
   *
   * @throws MintlifyPersonalizationError `overloaded`
   */
  begin(name: AuditHandshake, request: HandshakeRequest, response: unknown): void {
    this.#handshakes.set(request, { startedAt: this.clock.now() });
    if (this.#count >= this.#most) {
      throw new MintlifyPersonalizationError(
        'overloaded',
        `More than maxConcurrentHandshakes (${this.#most}) requests at once. If the app can serve more, allow more.`,
      );
    }
    this.#count += 1;
    // However it ends: answered here, by the host app, or not at all.
    nodeResponseOf(response).once('close', () => {
      this.#count -= 1;
      this.#close(name, request, nodeResponseOf(response));
    });
  }

  /** Whose visitor it is, as soon as that is known. */
  belongsTo(tenant: Tenant, request: HandshakeRequest): void {
    const handshake = this.#handshakes.get(request);
    if (handshake !== undefined) handshake.tenant = tenant;
  }

  /** The docs are told who the visitor is. */
  succeed(name: AuditHandshake, request: HandshakeRequest, { groups = [] }: ValidMintlifyUser): void {
    this.#end(SUCCEEDED[name], name, 'ok', request, { groupCount: groups.length });
  }

  /** The visitor has to log in first. */
  requireLogin(name: AuditHandshake, request: HandshakeRequest, tenantId: string | undefined): void {
    this.#end('login.required', name, 'unauthenticated', request, { tenantId });
  }

  /** The docs are told nothing. */
  refuse(
    name: AuditHandshake,
    request: HandshakeRequest,
    error: MintlifyPersonalizationError | HttpException,
  ): void {
    const isOwn = error instanceof MintlifyPersonalizationError;
    const outcome = isOwn ? error.code : `http_${error.getStatus()}`;
    this.#end(REFUSED[name], name, outcome, request, { tenantId: isOwn ? error.tenantId : undefined });
  }

  /** What nobody has reported: the visitor left, or the host app answered by itself. */
  #close(
    name: AuditHandshake,
    request: HandshakeRequest,
    { writableEnded, statusCode }: ServerResponse,
  ): void {
    const outcome = writableEnded ? `http_${statusCode}` : 'client_closed';
    this.#end(REFUSED[name], name, outcome, request, {});
  }

  /** The first word on a handshake is the last: who has left cannot be served any more. */
  #end(
    type: AuditEventType,
    name: AuditHandshake,
    outcome: string,
    request: HandshakeRequest,
    known: { readonly groupCount?: number; readonly tenantId?: string | undefined },
  ): void {
    // A guard of the whole app may have refused what never began here.
    const handshake = this.#handshakes.get(request) ?? {};
    if (handshake.isEnded) return;
    handshake.isEnded = true;
    this.#handshakes.set(request, handshake);
    const { startedAt, tenant } = handshake;
    const durationMs = startedAt === undefined ? undefined : round(this.clock.now() - startedAt);
    const tenantClass = this.tenants.classOf(tenant);
    this.telemetry.countHandshake({ handshake: name, outcome, tenantClass, durationMs });
    const keyId = type === 'login.succeeded' ? tenant?.key?.current.keyId : undefined;
    this.audit.record({
      type,
      handshake: name,
      outcome,
      tenantId: tenant?.id ?? known.tenantId,
      groupCount: known.groupCount,
      durationMs,
      keyId,
      principal: request.user,
    });
  }
}

/** Whole microseconds are enough. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}

function nodeResponseOf(response: unknown): ServerResponse {
  const { raw } = response as { raw?: ServerResponse };
  return raw ?? (response as ServerResponse);
}
