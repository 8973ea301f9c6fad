import {
  Controller,
  Injectable,
  Module,
  Post,
  Query,
  Redirect,
  UnauthorizedException,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { AuthGuard, PassportSerializer, PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { ACCOUNTS, type Account } from './account.js';

@Injectable()
class LocalStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ usernameField: 'email' });
  }

  validate(email: string, password: string): Account {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    return found;
  }
}

@Injectable()
class AccountSerializer extends PassportSerializer {
  serializeUser({ id }: Account, done: (error: null, id: string) => void): void {
    done(null, id);
  }

  deserializeUser(id: string, done: (error: null, account: Account | false) => void): void {
    done(null, ACCOUNTS.find((account) => account.id === id) ?? false);
  }
}

@Injectable()
class LocalLoginGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const isAllowed = (await super.canActivate(context)) as boolean;
    await super.logIn(context.switchToHttp().getRequest<Request>());
    return isAllowed;
  }
}

@Controller('login')
class LoginController {
  @Post()
  @UseGuards(LocalLoginGuard)
  @Redirect()
  logIn(@Query('returnTo') returnTo = '/') {
    // A path of this app and nothing else.
    return { url: /^\/(?![/\\])/.test(returnTo) ? returnTo : '/' };
  }
}

@Module({ controllers: [LoginController], providers: [LocalStrategy, AccountSerializer] })
export class AuthModule {}
