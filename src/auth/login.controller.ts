import {
  Body,
  Controller,
  Get,
  Inject,
  Post,
  Query,
  Render,
  Req,
  Res,
  UseFilters,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { PlaygroundKeys } from 'nestjs-mintlify-personalization';
import { LoginLimitGuard } from '../rate-limit/login-limit.guard.js';
import { LoginLimitFilter } from './login-limit.filter.js';
import { LoginDto } from './login.dto.js';
import { MalformedLoginFilter } from './malformed-login.filter.js';
import { loginPage } from './login-page.js';
import type { LoginPage } from './login-page.js';
import { OptionalSessionGuard } from './optional-session.guard.js';
import { PasswordChecker } from './password-checker.js';
import { returnPath } from './return-path.js';
import { SessionService } from './session.service.js';

const LOGIN_PIPE = new ValidationPipe({ expectedType: LoginDto, transform: true, whitelist: true });

/** The login form, login and logout. */
@Controller()
export class LoginController {
  constructor(
    @Inject(PasswordChecker) private readonly passwords: PasswordChecker,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(PlaygroundKeys) private readonly playgroundKeys: PlaygroundKeys,
  ) {}

  /** The login form. */
  @Get('login')
  @Render('login')
  form(@Query('returnTo') returnTo: unknown): LoginPage {
    return loginPage({ returnTo: returnPath(returnTo) });
  }

  /** Logs in and redirects to `returnTo`, or shows the form again. */
  @Post('login')
  @UseGuards(LoginLimitGuard)
  @UseFilters(MalformedLoginFilter, LoginLimitFilter)
  async login(
    @Body(LOGIN_PIPE) form: LoginDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const returnTo = returnPath(form.returnTo);
    const accountId = await this.passwords.check(form.email, form.password);
    if (accountId === undefined) {
      const problem = 'The email or password is wrong.';
      response.status(401).render('login', loginPage({ returnTo, email: form.email, problem }));
      return;
    }
    await this.sessions.start(accountId, request, response);
    response.redirect(303, returnTo);
  }

  /** Logs out. The keys that the API playground of the docs was filled with stop working. */
  @Post('logout')
  @UseGuards(OptionalSessionGuard)
  async logout(@Req() request: Request, @Res() response: Response): Promise<void> {
    const principal: unknown = request.user;
    await this.sessions.end(request, response);
    if (principal) await this.playgroundKeys.revokeFor(principal, request);
    response.redirect(303, '/');
  }
}
