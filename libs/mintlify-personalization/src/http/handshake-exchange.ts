import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { AuditEventType } from '../ports/audit-sink.js';
import type { AllowedPreview } from '../ports/preview-store.js';
import type { Tenant } from '../tenancy/tenant.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { errorResponse } from './error-responses.js';
import type { MintlifyPersonalizationError } from '../errors.js';
import type { ViewAsVisit } from '../view-as/view-as.service.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import { rawRequestOf, type HandshakeRequest } from './handshake-request.js';
import { RawBody } from './webhooks/raw-body.js';

/** @internal The outcome of a handshake that this library decided on. */
export interface HandshakeOutcome {
  readonly type: AuditEventType;
  /** `'ok'`, the code of an error, or `'visitor_refused'`. */
  readonly outcome: string;
  /** The status of the response. If another one is sent, the response is the host app's own. */
  readonly status: number;
  readonly tenantId?: string | undefined;
  readonly groupCount?: number;
}

/** The outcome in audit events if the visitor is known, and a mapper, a resolver or a source threw 401 or 403. */
const VISITOR_REFUSED = 'visitor_refused';

/**
 * One request on the route of a handshake, and its state.
 *
 * @internal
 */
export class HandshakeExchange {
  definition: HandshakeDefinition;
  /** The request of Express or Fastify, as guards see it. */
  request: HandshakeRequest;
  /** Node's response, on both platforms. */
  readonly response: ServerResponse;
  /** Milliseconds on the monotonic clock. */
  readonly startedAt: number;
  /** The tenant of the visitor, once it is known. */
  tenant: Tenant | undefined = undefined;
  /** The origin whose pages may read the response. */
  allowedOrigin: string | undefined = undefined;
  /** The preview at the origin of the request. */
  preview: AllowedPreview | undefined = undefined;
  outcome: HandshakeOutcome | undefined = undefined;
  /** The principal, once the guards let the visitor pass. A later 401 or 403 is of a mapper or the like. */
  principal: unknown = undefined;
  /** Who views the docs as whom, once both are known. */
  visit: ViewAsVisit | undefined = undefined;
  /** Whether the request was checked before the host's guards. */
  isAdmitted = false;
  /** Whether it has a place under the limit, and one under the limit of its tenant. */
  hasPlace = false;
  hasTenantPlace = false;
  isEnded = false;
  /** The bytes of a signed webhook. */
  readonly rawBody: RawBody | undefined;

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
    const { webhook } = definition;
    this.rawBody =
      webhook === undefined || !this.isHandshake
        ? undefined
        : new RawBody(rawRequestOf(request), webhook.maxBodyBytes);
  }

  /** If the host app logs a whole request, nothing about the tenant or the visitor is printed. */
  [inspect.custom](): string {
    return 'HandshakeExchange';
  }

  /** Whether the guards let the visitor pass, and there is a principal. */
  get hasPrincipal(): boolean {
    return this.principal !== undefined;
  }

  /** Whether it is a CORS preflight, which is not a handshake. */
  get isPreflight(): boolean {
    return this.request.method === 'OPTIONS';
  }

  /** Whether it has the method of the handshake, or `HEAD`, which routers treat as `GET`. */
  get isHandshake(): boolean {
    const { method } = this.request;
    return method === this.definition.method || (method === 'HEAD' && this.definition.method === 'GET');
  }

  /** Whether the visitor's request is in its body, which comes after its headers. */
  get hasBody(): boolean {
    return this.definition.method === 'POST' && !this.isPreflight;
  }

  /** The type of the event if the docs get no user. */
  get refusedEvent(): AuditEventType {
    return this.visit === undefined ? this.definition.events.refused : 'view_as.refused';
  }

  /** The docs get the user. */
  succeed({ groups = [] }: ValidMintlifyUser, status = this.definition.successStatus): void {
    const { events } = this.definition;
    this.outcome ??= { type: events.succeeded, outcome: 'ok', status, groupCount: groups.length };
  }

  /** The visitor has to log in first. */
  requireLogin(tenantId: string | undefined): void {
    const outcome = this.hasPrincipal ? VISITOR_REFUSED : 'unauthenticated';
    this.outcome ??= { type: 'login.required', outcome, status: 302, tenantId };
  }

  /** The docs get no user. */
  refuse({ code, tenantId }: MintlifyPersonalizationError): void {
    const { status } = errorResponse(code);
    if (code === 'unauthenticated' && this.hasPrincipal) return this.refuseVisitor(status);
    this.outcome ??= { type: this.refusedEvent, outcome: code, status, tenantId };
  }

  /** A webhook asks about someone whom the app does not know, or refuses. */
  refuseNoContent(): void {
    const outcome = this.hasPrincipal ? VISITOR_REFUSED : 'unauthenticated';
    this.outcome ??= { type: this.refusedEvent, outcome, status: 204 };
  }

  /** The mapper, the tenant resolver or the tenant source threw 401 or 403. */
  refuseVisitor(status: number): void {
    this.outcome ??= { type: this.refusedEvent, outcome: VISITOR_REFUSED, status };
  }
}
