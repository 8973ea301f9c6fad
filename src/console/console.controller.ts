import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Post,
  Req,
  Res,
  UnauthorizedException,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import type { Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import { LoginDto } from '../auth/login.dto.js';
import { PasswordChecker } from '../auth/password-checker.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { LoginLimitGuard } from '../rate-limit/login-limit.guard.js';
import { ConsoleSessionService } from './console-session.service.js';
import type { ConsoleSession } from './console-session.service.js';

const LOGIN_PIPE = new ValidationPipe({ expectedType: LoginDto, transform: true, whitelist: true });

/** The API of the console: log in, get a new access token, log out, and read the own account. */
@Controller('console')
export class ConsoleController {
  constructor(
    @Inject(PasswordChecker) private readonly passwords: PasswordChecker,
    @Inject(ConsoleSessionService) private readonly sessions: ConsoleSessionService,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
  ) {}

  /** Logs in: an access token in the body, and a refresh cookie that scripts cannot read. */
  @Post('session')
  @HttpCode(HttpStatus.OK)
  @UseGuards(LoginLimitGuard)
  async logIn(
    @Body(LOGIN_PIPE) { email, password }: LoginDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsoleSession> {
    const accountId = await this.passwords.check(email, password);
    if (accountId === undefined) throw new UnauthorizedException('The email or password is wrong.');
    return this.sessions.start(accountId, response);
  }

  /** A new access token, by the refresh cookie. */
  @Post('session/refresh')
  @HttpCode(HttpStatus.OK)
  refresh(@Req() request: Request): Promise<ConsoleSession> {
    return this.sessions.refresh(request);
  }

  /** Logs out. Access tokens of the session stop working too. */
  @Delete('session')
  @HttpCode(HttpStatus.NO_CONTENT)
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(request, response);
  }

  /** The account of the access token. */
  @Get('account')
  @UseGuards(AuthGuard('console'))
  account(@Req() { user }: { user: SessionPrincipal }): Promise<Account> {
    return this.accounts.getAccount(user.accountId);
  }
}
