import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Account } from './account.js';

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ headers: { cookie?: string }; user?: Account }>();
    const [, token = ''] = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '') ?? [];
    try {
      request.user = await this.tokens.verifyAsync<Account>(token);
      return true;
    } catch {
      return false;
    }
  }
}
