import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';
import { ACCOUNTS, type Account } from './account.js';

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { user?: Account }>();
    const [, token = ''] = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '') ?? [];
    try {
      const { sub } = await this.tokens.verifyAsync<{ sub: string }>(token);
      request.user = ACCOUNTS.find(({ id }) => id === sub);
      return request.user !== undefined;
    } catch {
      return false;
    }
  }
}
