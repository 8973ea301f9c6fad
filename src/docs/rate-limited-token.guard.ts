import { Inject, Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AccessTokenVerifier, OAuthAccessTokenGuard } from 'nestjs-mintlify-personalization';
import { DocsLimitGuard } from '../rate-limit/docs-limit.guard.js';

/** The library's guard, whose refusals are counted by address: a visitor of whom no guard knows has no other name. */
@Injectable()
export class RateLimitedTokenGuard extends OAuthAccessTokenGuard {
  constructor(
    @Inject(AccessTokenVerifier) verifier: AccessTokenVerifier,
    @Inject(DocsLimitGuard) private readonly limit: DocsLimitGuard,
  ) {
    super(verifier);
  }

  /**
   * @throws ThrottlerException in the place of a refusal, where there were too many
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      return await super.canActivate(context);
    } catch (refusal) {
      await this.limit.canActivate(context);
      throw refusal;
    }
  }
}
