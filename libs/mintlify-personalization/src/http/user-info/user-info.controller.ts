import { Get, Req, Res } from '@nestjs/common';
import { HandshakeController } from '../handshake.controller.js';
import type { HandshakeRequest } from '../handshake-request.js';

/** Sends the user to a docs page. */
abstract class UserInfoController extends HandshakeController {
  protected async answer(request: HandshakeRequest, response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const principal = this.principalOf(request);
    const tenant = await this.tenantOf(exchange, principal);
    this.origins.checkTenant(exchange, tenant);
    const user = await this.services.identity.identifyFor(tenant, principal, request);
    exchange.succeed(user);
    this.services.replies.json(exchange, response, user);
  }
}

/** The route of the shared-session handshake (`spec/handshakes.md`, section 4). */
export class SharedSessionController extends UserInfoController {
  /** Sends the user as JSON. */
  @Get()
  userInfo(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    return this.answer(request, response);
  }
}

/** The route of the OAuth 2.0 handshake (`spec/handshakes.md`, section 5). */
export class OAuthController extends UserInfoController {
  /** Sends the user as JSON. */
  @Get()
  userInfo(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    return this.answer(request, response);
  }
}
