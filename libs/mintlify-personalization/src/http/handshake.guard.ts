import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { HandshakeDefinition } from './handshake.definition.js';
import { HandshakeAdmission } from './handshake-admission.js';
import { HandshakeExchanges } from './handshake-exchanges.js';
import type { HandshakeRequest } from './handshake-request.js';

/**
 * Runs before the configured guards. Usually the middleware has already accepted the request. If only the app's router
 * matches the path, and the middleware does not, the handshake starts here.
 *
 * @internal
 */
@Injectable()
export abstract class HandshakeGuard implements CanActivate {
  protected abstract readonly definition: HandshakeDefinition;

  constructor(
    @Inject(HandshakeExchanges) private readonly exchanges: HandshakeExchanges,
    @Inject(HandshakeAdmission) private readonly admission: HandshakeAdmission,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    const exchange = this.exchanges.open(this.definition, request, http.getResponse());
    // The client has left: do no more work.
    if (exchange.isEnded) return false;
    if (exchange.isAdmitted) return true;
    const refusal = this.admission.admit(exchange);
    return refusal instanceof Promise ? refusal.then(throwIfRefused) : throwIfRefused(refusal);
  }
}

function throwIfRefused(refusal: Error | undefined): boolean {
  if (refusal !== undefined) throw refusal;
  return true;
}
