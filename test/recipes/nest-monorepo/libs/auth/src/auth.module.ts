import {
  Body,
  Controller,
  Injectable,
  Module,
  Post,
  Query,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { PassportModule, PassportStrategy } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { Strategy } from 'passport-jwt';
import { ACCOUNTS, type Account } from './account';

const readSession = ({ headers }: Request): string | null =>
  /(?:^|; )session=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? null;

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    const secretOrKey = process.env.SESSION_SECRET ?? '';
    super({ jwtFromRequest: readSession, secretOrKey, algorithms: ['HS256'] });
  }

  validate(account: Account): Account {
    return account;
  }
}

@Controller('login')
class LoginController {
  constructor(private readonly tokens: JwtService) {}

  @Post()
  async logIn(
    @Body() { email, password }: { email: string; password: string },
    @Query('returnTo') returnTo = '/',
    @Res() response: Response,
  ): Promise<void> {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    const { password: _, ...account } = found;
    response.cookie('session', await this.tokens.signAsync(account), { httpOnly: true, sameSite: 'lax' });
    // A path of this app and nothing else.
    response.redirect(/^\/(?![/\\])/.test(returnTo) ? returnTo : '/');
  }
}

@Module({
  imports: [
    PassportModule,
    JwtModule.register({ secret: process.env.SESSION_SECRET, signOptions: { expiresIn: '1h' } }),
  ],
  controllers: [LoginController],
  providers: [JwtStrategy],
})
export class AuthModule {}
