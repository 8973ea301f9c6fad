import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { IdentityService } from '../identity/identity.service.js';
import type { ResolvedHandshake } from '../options/handshakes.js';
import { MintlifySigningService } from '../signing/mintlify-signing.service.js';
import { nameAfterPath } from './controller-name.js';
import { HandshakeExceptionFilter } from './handshake-exception.filter.js';
import { readRedirectParameters, type HandshakeRequest } from './handshake-request.js';
import { HandshakeReporter } from './handshake.reporter.js';
import { replyWithRedirect } from './redirect.reply.js';
import { setHandshakeHeaders, VisitorGuard } from './visitor.guard.js';

/** The JWT handshake's route (`spec/handshakes.md`, section 2). */
@UseFilters(HandshakeExceptionFilter)
export class DocsLoginController {
  constructor(
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(MintlifySigningService) private readonly signing: MintlifySigningService,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(HandshakeReporter) private readonly reporter: HandshakeReporter,
  ) {}

  /** Sends a logged-in visitor to the docs, with a signed token in the fragment. */
  @Get()
  async login(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    const user = await this.identity.identifyAdmitted(
      (tenant) => this.reporter.belongsTo(tenant, request),
      request.user,
      request,
    );
    const location = await this.signing.createRedirectUrl(user, readRedirectParameters(request));
    // Guards and interceptors of the host app may have set them otherwise since.
    setHandshakeHeaders(this.adapterHost.httpAdapter, response);
    replyWithRedirect(this.adapterHost, response, location);
    this.reporter.succeed('jwt', request, user);
  }
}

/**
 * A controller class for one mount of the JWT handshake: with its own path and guards, since a class can
 * carry only one set of them.
 *
 * @internal
 */
export function createDocsLoginController({
  path,
  guards = [],
  version,
}: ResolvedHandshake): Type<DocsLoginController> {
  @Controller({ path, version })
  @UseGuards(VisitorGuard, ...guards)
  class MountedDocsLoginController extends DocsLoginController {}
  return nameAfterPath(MountedDocsLoginController, path);
}
