import { HttpStatus, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RequestRefusedException, type HandshakeDefinition } from './handshake.definition.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeServices } from './handshake-services.js';

/**
 * Runs before the configured guards. Usually the middleware has already accepted the request. If only the app's router
 * matches the path, and the middleware does not, the handshake starts here.
 *
 * @internal
 */
@Injectable()
export abstract class HandshakeGuard implements CanActivate {
  protected abstract readonly definition: HandshakeDefinition;

  constructor(@Inject(HandshakeServices) readonly services: HandshakeServices) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    const { admission, exchanges } = this.services;
    const exchange = exchanges.open(this.definition, request, http.getResponse());
    // The client has left: do no more work.
    if (exchange.isEnded) return false;
    if (exchange.definition.method !== this.definition.method) throw methodChanged();
    const refusal = exchange.isAdmitted ? undefined : admission.admit(exchange);
    if (refusal instanceof Promise) return refusal.then(throwIfRefused);
    throwIfRefused(refusal);
    const full = admission.enter(exchange);
    return full instanceof Promise ? full.then(throwIfRefused) : throwIfRefused(full);
  }
}

/** Middleware of the app changed the method, as `method-override` does: the request was checked for another one. */
function methodChanged(): RequestRefusedException {
  return new RequestRefusedException('The method of the request was changed.', HttpStatus.METHOD_NOT_ALLOWED);
}

function throwIfRefused(refusal: Error | undefined): boolean {
  if (refusal !== undefined) throw refusal;
  return true;
}
