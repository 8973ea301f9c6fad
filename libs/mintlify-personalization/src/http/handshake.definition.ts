import { HttpException } from '@nestjs/common';
import type { MintlifyPersonalizationError } from '../errors.js';
import type { ResolvedHandshakes } from '../options/handshakes.js';
import type { AuditEventType, AuditHandshake } from '../ports/audit-sink.js';
import type { WebhookFormat } from '../webhooks/webhook-format.js';
import type { HandshakeRequest } from './handshake-request.js';

/** @internal Why a request is refused: an error of this library, or an HTTP status with a message. */
export type HandshakeRefusal = MintlifyPersonalizationError | HttpException;

/** @internal A request that the route serves to no visitor. */
export class RequestRefusedException extends HttpException {}

/** @internal What pages of other origins may do on a route (Fetch standard, section 3.3). */
export interface CorsRules {
  /** Whose pages: those of the docs, those of the option `singlePageApp`, or those of `handshakes.viewAs`. */
  readonly pages: 'docs' | 'single-page-app' | 'view-as';
  /** Whether the page may send cookies and read the response (Fetch, `credentials: 'include'`). */
  readonly isCredentialed: boolean;
  /** The request headers that the page may set. */
  readonly allowedHeaders: string | undefined;
}

/** @internal */
export type HandshakeMethod = 'GET' | 'POST';

/**
 * Everything that differs between handshakes. `mountHandshake` creates controller, guard and filter from it; the
 * middleware, the audit and the response headers use it. To add a handshake, write such an object and a controller.
 *
 * @internal
 */
export interface HandshakeDefinition {
  /** Its name in the option `handshakes`. */
  readonly option: keyof ResolvedHandshakes;
  /** Whether the options mount it. */
  readonly isMounted: (handshakes: ResolvedHandshakes) => boolean;
  /** Its name in audit events and metrics. */
  readonly name: AuditHandshake;
  /** Its only method. Another handshake may have another method of the same path. */
  readonly method: HandshakeMethod;
  /** The status of a successful response. */
  readonly successStatus: number;
  /** The types of its audit events. */
  readonly events: { readonly succeeded: AuditEventType; readonly refused: AuditEventType };
  /** A request header that is removed, since the handshake identifies visitors by another one. */
  readonly ignoredHeader: 'authorization' | 'cookie' | undefined;
  /** Refuses requests that no visitor or docs page sends, by their headers. */
  readonly checkRequest: (request: HandshakeRequest) => HandshakeRefusal | undefined;
  /** The headers of all responses on the route. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` for a route that browsers open as a page, without CORS. */
  readonly cors: CorsRules | undefined;
  /** Whether 400, 401 and 403 have `WWW-Authenticate: Bearer` (RFC 6750, section 3). */
  readonly hasBearerChallenge: boolean;
  /** The response for anonymous visitors: a redirect to `loginUrl`, or 401. */
  readonly anonymous: 'login-page' | 'unauthorized';
  /** For a signed webhook: what it looks like. Its bytes are kept as they come. */
  readonly webhook?: WebhookFormat;
}
