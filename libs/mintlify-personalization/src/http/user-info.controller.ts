import { ServerResponse } from 'node:http';
import {
  Controller,
  Get,
  HttpStatus,
  Inject,
  Req,
  Res,
  UseFilters,
  UseGuards,
  type Type,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { IdentityService } from '../identity/identity.service.js';
import type { ResolvedHandshake } from '../options/handshakes.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { nameAfterPath } from './controller-name.js';
import { DocsOriginGate } from './docs-origin.gate.js';
import type { HandshakeRequest } from './handshake-request.js';
import { HandshakeReporter } from './handshake.reporter.js';
import { OAuthAccessTokenGuard } from './oauth-access-token.guard.js';
import { headersOf } from './response-headers.js';
import { OAuthExceptionFilter, SharedSessionExceptionFilter } from './user-info-exception.filter.js';
import { OAuthGuard, SharedSessionGuard } from './user-info.guard.js';
import { OAUTH, SHARED_SESSION, type UserInfoHandshake } from './user-info-handshake.js';

/** Tells a docs page who its visitor is (`spec/handshakes.md`, sections 4 and 5). */
abstract class UserInfoController {
  protected abstract readonly handshake: UserInfoHandshake;

  constructor(
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(DocsOriginGate) private readonly gate: DocsOriginGate,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(HandshakeReporter) private readonly reporter: HandshakeReporter,
  ) {}

  protected async answer(request: HandshakeRequest, response: unknown): Promise<void> {
    const { httpAdapter } = this.adapterHost;
    const headers = headersOf(httpAdapter, response);
    this.gate.restore(this.handshake, request, headers);
    const user = await this.identity.identifyAdmitted(
      (tenant) => {
        this.reporter.belongsTo(tenant, request);
        this.gate.admit(tenant, this.handshake, request, headers);
      },
      request.user,
      request,
    );
    replyWithUser(httpAdapter, response, user);
    this.reporter.succeed(this.handshake.auditName, request, user);
  }
}

/** The shared-session handshake's route. */
@UseFilters(SharedSessionExceptionFilter)
export class SharedSessionController extends UserInfoController {
  protected override readonly handshake = SHARED_SESSION;

  /** Answers with the user as JSON. */
  @Get()
  userInfo(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    return this.answer(request, response);
  }
}

/** The OAuth 2.0 handshake's route. */
@UseFilters(OAuthExceptionFilter)
export class OAuthController extends UserInfoController {
  protected override readonly handshake = OAUTH;

  /** Answers with the user as JSON. */
  @Get()
  userInfo(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    return this.answer(request, response);
  }
}

/**
 * A controller class for one mount of the shared-session handshake: with its own path and guards.
 *
 * @internal
 */
export function createSharedSessionController({
  path,
  version,
  guards = [],
}: ResolvedHandshake): Type<SharedSessionController> {
  @Controller({ path, version })
  @UseGuards(SharedSessionGuard, ...guards)
  class MountedSharedSessionController extends SharedSessionController {}
  return nameAfterPath(MountedSharedSessionController, path);
}

/**
 * A controller class for one mount of the OAuth handshake: with its own path and guards.
 *
 * @internal
 */
export function createOAuthController({
  path,
  version,
  guards = [OAuthAccessTokenGuard],
}: ResolvedHandshake): Type<OAuthController> {
  @Controller({ path, version })
  @UseGuards(OAuthGuard, ...guards)
  class MountedOAuthController extends OAuthController {}
  return nameAfterPath(MountedOAuthController, path);
}

/** By hand: an interceptor of the host app would wrap the user, and Express would add an `ETag` of it. */
function replyWithUser(
  httpAdapter: HttpAdapterHost['httpAdapter'],
  response: unknown,
  user: ValidMintlifyUser,
): void {
  const body = JSON.stringify(user);
  // A page of another origin cannot even have it loaded as an image or a script.
  httpAdapter.setHeader(response, 'Cross-Origin-Resource-Policy', 'same-origin');
  httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
  if (response instanceof ServerResponse) {
    response.statusCode = HttpStatus.OK;
    response.end(body);
  } else {
    httpAdapter.reply(response, body, HttpStatus.OK);
  }
}
