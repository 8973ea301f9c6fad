import { Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { API_KEY_HEADER } from '../api-keys/api-key.js';
import { ApiKeysRepository } from '../api-keys/api-keys-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { DocsLimitGuard } from '../rate-limit/docs-limit.guard.js';

/** Admits requests with a key of an account, and puts its principal on `request.user`. Session cookies are ignored. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(ApiKeysRepository) private readonly keys: ApiKeysRepository,
    @Inject(DocsLimitGuard) private readonly limit: DocsLimitGuard,
  ) {}

  /**
   * @throws UnauthorizedException without a valid key, and ThrottlerException after too many requests
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { user?: SessionPrincipal | undefined }>();
    const key = request.header(API_KEY_HEADER);
    request.user = key === undefined ? undefined : await this.keys.findPrincipal(key);
    await this.limit.canActivate(context);
    if (request.user !== undefined) return true;
    const problem = key === undefined ? 'The request has no API key.' : 'The API key is not valid.';
    throw new UnauthorizedException(`${problem} Send your key in the header ${API_KEY_HEADER}.`);
  }
}
