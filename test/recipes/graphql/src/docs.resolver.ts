// #region docs
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { IdentityService, MintlifySigningService } from 'nestjs-mintlify-personalization';
import type { Account } from './auth/account.js';

/** For a button of the front end: `location.assign(data.openDocs)`, within ten seconds. */
@Resolver()
export class DocsResolver {
  constructor(
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(MintlifySigningService) private readonly signing: MintlifySigningService,
  ) {}

  @Mutation(() => String)
  async openDocs(
    @Context() { req, res }: { req: Request & { user: Account }; res: Response },
    @Args('redirect', { nullable: true }) redirect?: string,
  ): Promise<string> {
    res.set('Cache-Control', 'no-store');
    const user = await this.identity.identify(req.user, req);
    return this.signing.createRedirectUrl(user, { redirect });
  }
}
// #endregion
