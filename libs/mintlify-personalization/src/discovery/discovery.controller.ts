import {
  Controller,
  Inject,
  Options,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
  type Type,
} from '@nestjs/common';
import { HttpStatus } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { decorateController } from '../http/decorate-controller.js';
import type { HandshakeRequest } from '../http/handshake-request.js';
import { DiscoveryEndpoints } from './discovery-endpoints.js';
import { DiscoveryExceptionFilter } from './discovery-exception.filter.js';
import type { ResolvedDiscoveryRoutes } from './discovery-options.js';
import { DiscoveryRequestGuard } from './discovery-request.guard.js';

/**
 * Creates the controller of the routes, with the guards of the host app. Each import needs a new class, since a class can
 * only have one path and one set of guards.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option` for a decorator that throws
 */
export function createDiscoveryController({ path, guards, decorators }: ResolvedDiscoveryRoutes): Type {
  const allGuards = [DiscoveryRequestGuard, ...guards];

  @UseFilters(DiscoveryExceptionFilter)
  class DocsDiscoveryController {
    constructor(
      @Inject(DiscoveryEndpoints) private readonly endpoints: DiscoveryEndpoints,
      @Inject(DiscoveryRequestGuard) private readonly requests: DiscoveryRequestGuard,
      @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    ) {}

    @Post('search')
    @UseGuards(...allGuards)
    search(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
      return this.endpoints.search(request, response);
    }

    @Post('page')
    @UseGuards(...allGuards)
    page(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
      return this.endpoints.page(request, response);
    }

    @Post('assistant')
    @UseGuards(...allGuards)
    assistant(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
      return this.endpoints.assistant(request, response);
    }

    /** Answers preflights, without the guards of the host app: they have no session. */
    @Options(['search', 'page', 'assistant'])
    preflight(@Req() request: HandshakeRequest, @Res() response: unknown): void {
      this.requests.admit(request, response, true);
      this.adapterHost.httpAdapter.reply(response, '', HttpStatus.NO_CONTENT);
    }
  }

  const controller = decorateController('routes.decorators', decorators, DocsDiscoveryController);
  // Last, so that no decorator changes the path.
  Controller({ path })(controller);
  return controller;
}
