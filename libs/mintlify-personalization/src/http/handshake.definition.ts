import type { HttpException } from '@nestjs/common';
import type { MintlifyPersonalizationError } from '../errors.js';
import type { ResolvedHandshakes } from '../options/handshakes.js';
import type { AuditEventType, AuditHandshake } from '../ports/audit-sink.js';
import type { HandshakeRequest } from './handshake-request.js';

/** @internal Why a request is not served: an error of this library, or an HTTP status with a sentence. */
export type HandshakeRefusal = MintlifyPersonalizationError | HttpException;

/** @internal What a page of another origin may do on a route (Fetch standard, section 3.3). */
export interface CorsRules {
  /** Whether the page may send cookies and read the answer (Fetch, `credentials: 'include'`). */
  readonly isCredentialed: boolean;
  /** The request header that the page may set. */
  readonly allowedHeader: string | undefined;
}

/**
 * All that tells one handshake from another. `mountHandshake` makes controller, guard and filter from it, and the
 * middleware, the audit and the response headers read it. A new handshake is one such object and a controller.
 *
 * @internal
 */
export interface HandshakeDefinition {
  /** Its name in the option `handshakes`, which has its path, version and guards. */
  readonly option: keyof ResolvedHandshakes;
  /** Its name in audit events and metrics. */
  readonly name: AuditHandshake;
  /** The one method that is served. */
  readonly method: 'GET';
  /** The status of the answer that tells the docs who the visitor is. */
  readonly successStatus: number;
  /** What audit events call its ends. */
  readonly events: { readonly succeeded: AuditEventType; readonly refused: AuditEventType };
  /** The request header that the handshake must not look at: it knows its visitor by another one. */
  readonly ignoredHeader: 'authorization' | 'cookie' | undefined;
  /** Refuses, from the request's own headers, what no visitor or docs page sends. */
  readonly checkRequest: (request: HandshakeRequest) => HandshakeRefusal | undefined;
  /** The headers of every answer on the route. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` for a route that a browser opens as a page: CORS is not its concern. */
  readonly cors: CorsRules | undefined;
  /** Whether a 400, 401 or 403 carries `WWW-Authenticate: Bearer` (RFC 6750, section 3). */
  readonly hasBearerChallenge: boolean;
  /** Where an anonymous visitor goes: to `loginUrl`, or nowhere, with a 401. */
  readonly anonymous: 'login-page' | 'unauthorized';
}
