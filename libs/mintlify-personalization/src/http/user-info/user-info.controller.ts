import { Get, Req, Res } from '@nestjs/common';
import { HandshakeController } from '../handshake.controller.js';
import type { HandshakeRequest } from '../handshake-request.js';

/** Tells a docs page who its visitor is. */
abstract class UserInfoController extends HandshakeController {
  protected async answer(request: HandshakeRequest, response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const principal = this.principalOf(request);
    const tenant = await this.tenantOf(exchange, principal);
    this.origins.checkTenant(exchange, tenant);
    const user = await this.identity.identifyFor(tenant, principal, request);
    exchange.succeed(user);
    this.replies.user(exchange, response, user);
  }
}

/** The shared-session handshake's route (`spec/handshakes.md`, section 4). */
export class SharedSessionController extends UserInfoController {
  /** Answers with the user as JSON. */
  @Get()
  userInfo(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    return this.answer(request, response);
  }
}

/** The OAuth 2.0 handshake's route (`spec/handshakes.md`, section 5). */
export class OAuthController extends UserInfoController {
  /** Answers with the user as JSON. */
  @Get()
  userInfo(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    return this.answer(request, response);
  }
}
