import {
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DocsOriginGate } from './docs-origin.gate.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeReporter } from './handshake.reporter.js';
import { headersOf } from './response-headers.js';
import { OAUTH, SHARED_SESSION, type UserInfoHandshake } from './user-info-handshake.js';

/**
 * Runs before the handshake's own guards: sets the headers that every answer of the route carries, and refuses what
 * does not come from anybody's docs, so that no session is looked up for it.
 *
 * @internal
 */
abstract class UserInfoGuard implements CanActivate {
  protected abstract readonly handshake: UserInfoHandshake;

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(DocsOriginGate) private readonly gate: DocsOriginGate,
    @Inject(HandshakeReporter) private readonly reporter: HandshakeReporter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<HandshakeRequest>();
    const headers = headersOf(this.adapterHost.httpAdapter, http.getResponse());
    this.reporter.begin(this.handshake.auditName, request, http.getResponse());
    await this.gate.enter(this.handshake, request, headers);
    if (request.method !== 'GET') {
      headers.set('Allow', 'GET');
      throw new HttpException('Only GET tells who the visitor is.', HttpStatus.METHOD_NOT_ALLOWED);
    }
    return true;
  }
}

/** @internal */
@Injectable()
export class SharedSessionGuard extends UserInfoGuard {
  protected override readonly handshake = SHARED_SESSION;
}

/** @internal */
@Injectable()
export class OAuthGuard extends UserInfoGuard {
  protected override readonly handshake = OAUTH;
}
