import { Get, Post, Req, Res } from '@nestjs/common';
import type { RedirectParameters } from '../../redirect/redirect-target.js';
import { HandshakeController } from '../handshake.controller.js';
import { readRedirectParameters, type HandshakeRequest } from '../handshake-request.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readLoginBody } from './login-body.js';

/** Makes the URL of the docs for a visitor who is logged in, with a signed token in the fragment. */
abstract class LoginController extends HandshakeController {
  protected async createUrl(
    exchange: HandshakeExchange,
    request: HandshakeRequest,
    readParameters: (request: HandshakeRequest) => RedirectParameters,
  ): Promise<string> {
    const principal = this.principalOf(request);
    const parameters = readParameters(request);
    const tenant = await this.tenantOf(exchange, principal);
    const user = await this.services.identity.identifyFor(tenant, principal, request);
    const url = await this.services.signing.createRedirectUrlFor(tenant, user, parameters);
    exchange.succeed(user);
    return url;
  }
}

/** The route of the JWT handshake (`spec/handshakes.md`, sections 2 and 3). */
export class DocsLoginController extends LoginController {
  /** Redirects a logged-in visitor to the docs. */
  @Get()
  async login(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const url = await this.createUrl(exchange, request, readRedirectParameters);
    this.services.replies.redirect(exchange, response, url);
  }
}

/** The route of the JWT handshake for single-page apps. */
export class SinglePageLoginController extends LoginController {
  /** Sends the URL for the app to go to. */
  @Post()
  async createDocsUrl(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const url = await this.createUrl(exchange, request, readLoginBody);
    this.services.replies.json(exchange, response, { url });
  }
}
