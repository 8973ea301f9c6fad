import { Body, Controller, Get, Inject, Module, Post, Req, Res, UnauthorizedException } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import type { Request, Response } from 'express';
import { ACCOUNTS, type Account } from './account.js';
import { AppGuard, Public } from './app.guard.js';

@Controller()
class AccountController {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  @Public()
  @Post('login')
  async logIn(
    @Body() { email, password }: { email: string; password: string },
    @Res({ passthrough: true }) response: Response,
  ) {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    const { password: _, ...account } = found;
    const refresh = await this.tokens.signAsync(account, { audience: 'refresh', expiresIn: '14d' });
    response.cookie('refresh', refresh, { httpOnly: true, sameSite: 'lax' });
    return { accessToken: await this.tokens.signAsync(account, { audience: 'api', expiresIn: '5m' }) };
  }

  @Get('me')
  me(@Req() { user }: Request & { user: Account }) {
    return { firstName: user.firstName };
  }
}

@Module({
  imports: [
    JwtModule.register({
      global: true,
      secret: process.env.SESSION_SECRET,
      verifyOptions: { algorithms: ['HS256'] },
    }),
  ],
  controllers: [AccountController],
  providers: [{ provide: APP_GUARD, useClass: AppGuard }],
})
export class AuthModule {}
