import { HttpStatus, Post, Req, Res } from '@nestjs/common';
import { HandshakeController } from '../handshake.controller.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import type { HandshakeRequest } from '../handshake-request.js';
import { readViewAsBody } from './view-as-body.js';
import { isForm } from './view-as.handshake.js';

/** The route that shows the docs as another person. */
export class ViewAsController extends HandshakeController {
  /** Sends the URL of the docs to a script, and redirects a form there. */
  @Post()
  async viewAs(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const isRedirect = isForm(request);
    const url = await this.#createUrl(exchange, request, isRedirect ? HttpStatus.SEE_OTHER : HttpStatus.OK);
    if (isRedirect) this.services.replies.redirect(exchange, response, url, HttpStatus.SEE_OTHER);
    else this.services.replies.json(exchange, response, { url });
  }

  async #createUrl(
    exchange: HandshakeExchange,
    request: HandshakeRequest,
    status: HttpStatus,
  ): Promise<string> {
    const actor = this.principalOf(request);
    const { subject, reason, ...parameters } = readViewAsBody(request);
    const { viewAs, signing, admission } = this.services;
    const visit = viewAs.check({ actor, subject, reason });
    exchange.visit = visit;
    const own = await this.tenantOf(exchange, actor);
    const tenant = await viewAs.findTenant(visit, own);
    if (tenant !== own) admission.changeTenant(exchange, tenant);
    const user = await viewAs.loadUser(visit, tenant, request);
    const url = await signing.createRedirectUrlFor(tenant, user, parameters);
    exchange.succeed(user, status);
    return url;
  }
}
