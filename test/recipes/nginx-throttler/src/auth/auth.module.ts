import { Body, Controller, Inject, Module, Post, Query, Res, UnauthorizedException } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import type { Response } from 'express';
import { ACCOUNTS } from './account.js';

@Controller('login')
class LoginController {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  @Post()
  async logIn(
    @Body() { email, password }: { email: string; password: string },
    @Query('returnTo') returnTo = '/',
    @Res() response: Response,
  ): Promise<void> {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    const session = await this.tokens.signAsync({ sub: found.id });
    response.cookie('session', session, { httpOnly: true, sameSite: 'lax' });
    // A path of this app and nothing else.
    response.redirect(/^\/(?![/\\])/.test(returnTo) ? returnTo : '/');
  }
}

@Module({
  imports: [
    JwtModule.register({
      global: true,
      secret: process.env.SESSION_SECRET,
      signOptions: { expiresIn: '1h' },
      verifyOptions: { algorithms: ['HS256'] },
    }),
  ],
  controllers: [LoginController],
})
export class AuthModule {}
