import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { AuditEventType } from '../ports/audit-sink.js';
import type { Tenant } from '../tenancy/tenant.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { errorResponse } from './error-responses.js';
import type { MintlifyPersonalizationError } from '../errors.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import type { HandshakeRequest } from './handshake-request.js';

/** @internal How a handshake ends, as its own code says. */
export interface HandshakeOutcome {
  readonly type: AuditEventType;
  /** `'ok'`, or the code of an error. */
  readonly outcome: string;
  /** The status of the answer; where another one is sent, the host app has answered instead. */
  readonly status: number;
  readonly tenantId?: string | undefined;
  readonly groupCount?: number;
}

/**
 * One request on the route of a handshake, and what becomes known of it on its way.
 *
 * @internal
 */
export class HandshakeExchange {
  definition: HandshakeDefinition;
  /** The platform's request, as guards see it. */
  request: HandshakeRequest;
  /** Node's own response, whichever the platform. */
  readonly response: ServerResponse;
  /** Milliseconds on the monotonic clock. */
  readonly startedAt: number;
  /** Whose visitor it is, as soon as that is known. */
  tenant: Tenant | undefined = undefined;
  /** The origin whose page may read the answer. */
  allowedOrigin: string | undefined = undefined;
  outcome: HandshakeOutcome | undefined = undefined;
  /** Whether the request was looked at before the host's guards. */
  isAdmitted = false;
  /** Whether it holds a place under the limit; and one of those of its tenant. */
  hasPlace = false;
  hasTenantPlace = false;
  isEnded = false;

  constructor(
    definition: HandshakeDefinition,
    request: HandshakeRequest,
    response: ServerResponse,
    startedAt: number,
  ) {
    this.definition = definition;
    this.request = request;
    this.response = response;
    this.startedAt = startedAt;
  }

  /** What is printed of it, where the host app logs a whole request: nothing of the tenant or of the visitor. */
  [inspect.custom](): string {
    return 'HandshakeExchange';
  }

  /** A CORS preflight: a question about the handshake, and not one. */
  get isPreflight(): boolean {
    return this.request.method === 'OPTIONS';
  }

  /** A request with the handshake's own method, or with `HEAD`, which routers take for it. Others are the host's. */
  get isHandshake(): boolean {
    const { method } = this.request;
    return method === this.definition.method || method === 'HEAD';
  }

  /** The docs are told who the visitor is. */
  succeed({ groups = [] }: ValidMintlifyUser): void {
    const { events, successStatus: status } = this.definition;
    this.outcome ??= { type: events.succeeded, outcome: 'ok', status, groupCount: groups.length };
  }

  /** The visitor has to log in first. */
  requireLogin(tenantId: string | undefined): void {
    this.outcome ??= { type: 'login.required', outcome: 'unauthenticated', status: 302, tenantId };
  }

  /** The docs are told nothing. */
  refuse({ code, tenantId }: MintlifyPersonalizationError): void {
    const { status } = errorResponse(code);
    this.outcome ??= { type: this.definition.events.refused, outcome: code, status, tenantId };
  }
}
