// #region docs
import {
  Inject,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';
import type { Account } from './account.js';

/** For the few routes that a browser opens: the refresh token, which is in a cookie. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { user?: Account }>();
    const [, token = ''] = /(?:^|; )refresh=([^;]*)/.exec(request.headers.cookie ?? '') ?? [];
    try {
      request.user = await this.tokens.verifyAsync<Account>(token, { audience: 'refresh' });
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
// #endregion
