import { Catch, Inject, Optional } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { HandshakeExceptionFilter, HandshakeFailure } from '../handshake-exception.filter.js';
import { HandshakeServices } from '../handshake-services.js';
import { OWN_LOGIN } from './own-login.handshake.js';
import { requireServices } from './own-login-services.js';

/** @internal Handles errors on a route with `@DocsLogin()`. */
@Catch(HandshakeFailure)
export class OwnLoginFilter extends HandshakeExceptionFilter {
  protected override readonly definition = OWN_LOGIN;

  constructor(
    @Optional() @Inject(HandshakeServices) services: HandshakeServices | null,
    @Inject(ApplicationConfig) config: ApplicationConfig,
  ) {
    super(requireServices(services), config);
  }
}
