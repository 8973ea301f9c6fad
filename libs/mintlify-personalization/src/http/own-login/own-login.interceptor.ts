import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { isPrincipal } from '../../tenancy/principal.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readRedirectParameters, type HandshakeRequest } from '../handshake-request.js';
import { HandshakeServices } from '../handshake-services.js';
import { readDocsLoginAnswer } from './docs-login-answer.js';
import { OWN_LOGIN } from './own-login.handshake.js';
import { requireServices } from './own-login-services.js';

/**
 * Signs for the user that a handler with `@DocsLogin()` returned, and redirects to the docs. The handler's interceptors see
 * neither the token nor the URL.
 *
 * @internal
 */
@Injectable()
export class OwnLoginInterceptor implements NestInterceptor {
  readonly #services: HandshakeServices;

  constructor(@Optional() @Inject(HandshakeServices) services: HandshakeServices | null) {
    this.#services = requireServices(services);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    const response: unknown = http.getResponse();
    const exchange = this.#services.exchanges.open(OWN_LOGIN, request, response);
    const principal = this.#services.principals.peek(exchange);
    // From here on, a 401 or 403 is the decision of the handler about a visitor whom the guards know.
    if (isPrincipal(principal)) exchange.principal = principal;
    return next.handle().pipe(mergeMap((answer) => this.#redirect(exchange, response, answer)));
  }

  async #redirect(exchange: HandshakeExchange, response: unknown, answer: unknown): Promise<undefined> {
    const { admission, identity, replies, signing } = this.#services;
    const { user, tenantId, redirect, anchor } = readDocsLoginAnswer(answer);
    const tenant = await signing.tenantOf(user, { tenantId });
    admission.enterTenant(exchange, tenant);
    const valid = identity.validateFor(tenant, user);
    const requested = readRedirectParameters(exchange.request);
    const url = await signing.createRedirectUrlFor(tenant, valid, {
      redirect: redirect ?? requested.redirect,
      anchor: anchor ?? requested.anchor,
    });
    exchange.succeed(valid);
    replies.locate(exchange, response, url);
  }
}
