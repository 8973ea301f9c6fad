import { Inject, Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AccessTokenVerifier, OAuthAccessTokenGuard } from 'nestjs-mintlify-personalization';
import { DocsLimitGuard } from '../rate-limit/docs-limit.guard.js';

/** The library's access token guard with a rate limit on rejected tokens, counted by address. */
@Injectable()
export class RateLimitedTokenGuard extends OAuthAccessTokenGuard {
  constructor(
    @Inject(AccessTokenVerifier) verifier: AccessTokenVerifier,
    @Inject(DocsLimitGuard) private readonly limit: DocsLimitGuard,
  ) {
    super(verifier);
  }

  /**
   * @throws ThrottlerException instead of the guard's own error, after too many rejected tokens
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      return await super.canActivate(context);
    } catch (error) {
      await this.limit.canActivate(context);
      throw error;
    }
  }
}
