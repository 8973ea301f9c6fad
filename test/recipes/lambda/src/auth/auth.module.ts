import {
  Body,
  Controller,
  Inject,
  Module,
  Post,
  Query,
  Redirect,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { ACCOUNTS } from './account.js';

/** What both platforms have. */
interface WithHeader {
  header(name: string, value: string): unknown;
}

@Controller('login')
class LoginController {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  @Post()
  @Redirect()
  async logIn(
    @Body() { email, password }: { email: string; password: string },
    @Res({ passthrough: true }) response: WithHeader,
    @Query('returnTo') returnTo = '/',
  ) {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    const { password: _, ...account } = found;
    const token = await this.tokens.signAsync(account);
    response.header('set-cookie', `session=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`);
    // A path of this app and nothing else.
    return { url: /^\/(?![/\\])/.test(returnTo) ? returnTo : '/' };
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
