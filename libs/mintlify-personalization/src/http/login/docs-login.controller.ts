import { Get, Req, Res } from '@nestjs/common';
import { HandshakeController } from '../handshake.controller.js';
import { readRedirectParameters, type HandshakeRequest } from '../handshake-request.js';

/** The route of the JWT handshake (`spec/handshakes.md`, sections 2 and 3). */
export class DocsLoginController extends HandshakeController {
  /** Redirects a logged-in visitor to the docs, with a signed token in the fragment. */
  @Get()
  async login(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const principal = this.principalOf(request);
    const tenant = await this.tenantOf(exchange, principal);
    const user = await this.identity.identifyFor(tenant, principal, request);
    const url = await this.signing.createRedirectUrlFor(tenant, user, readRedirectParameters(request));
    exchange.succeed(user);
    this.replies.redirect(exchange, response, url);
  }
}
