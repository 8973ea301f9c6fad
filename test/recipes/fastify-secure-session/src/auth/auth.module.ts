import { Body, Controller, Module, Post, Query, Redirect, Req, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ACCOUNTS } from './account.js';

@Controller('login')
class LoginController {
  @Post()
  @Redirect()
  logIn(
    @Body() { email, password }: { email: string; password: string },
    @Req() request: FastifyRequest,
    @Query('returnTo') returnTo = '/',
  ) {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    const { password: _, ...account } = found;
    request.session.set('account', account);
    // A path of this app and nothing else.
    return { url: /^\/(?![/\\])/.test(returnTo) ? returnTo : '/' };
  }
}

@Module({ controllers: [LoginController] })
export class AuthModule {}
