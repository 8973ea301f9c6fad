import { Inject, Injectable, Optional } from '@nestjs/common';
import { HandshakeGuard } from '../handshake.guard.js';
import { HandshakeServices } from '../handshake-services.js';
import { OWN_LOGIN } from './own-login.handshake.js';
import { requireServices } from './own-login-services.js';

/** @internal Starts the handshake of a route with `@DocsLogin()`. */
@Injectable()
export class OwnLoginGuard extends HandshakeGuard {
  protected override readonly definition = OWN_LOGIN;

  constructor(@Optional() @Inject(HandshakeServices) services: HandshakeServices | null) {
    super(requireServices(services));
  }
}
