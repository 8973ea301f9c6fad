import { Controller, Get, Inject, NotFoundException, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { OptionalSessionGuard } from '../auth/optional-session.guard.js';
import { OAUTH_SERVER } from './oauth-constants.js';
import { errors, type Provider } from './oidc-provider.js';

/** Where the OAuth server sends a visitor to log in: to the backend's login page, unless they are logged in already. */
@Controller('oauth/interaction')
export class InteractionController {
  constructor(@Inject(OAUTH_SERVER) private readonly server: Provider) {}

  /** Tells the OAuth server who the visitor is. */
  @Get(':uid')
  @UseGuards(OptionalSessionGuard)
  async logIn(
    @Req() request: Request & { user: SessionPrincipal | false },
    @Res() response: Response,
  ): Promise<void> {
    const { user, path } = request;
    if (!user) {
      response.redirect(303, `/login?returnTo=${encodeURIComponent(path)}`);
      return;
    }
    const login = { accountId: user.accountId, remember: false };
    try {
      response.redirect(303, await this.server.interactionResult(request, response, { login }));
    } catch (error) {
      if (error instanceof errors.SessionNotFound)
        throw new NotFoundException('This login has expired. Start again from the docs.');
      throw error;
    }
  }
}
