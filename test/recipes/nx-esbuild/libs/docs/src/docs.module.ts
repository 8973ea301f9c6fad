import { AuthModule, PlansService, type Account } from '@acme/auth';
import { Inject, Injectable, Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';

@Injectable()
class AcmeClaimMapper implements ClaimMapper<Account> {
  // With @Inject: esbuild writes no types of parameters.
  constructor(@Inject(PlansService) private readonly plans: PlansService) {}

  map({ id, firstName, roles }: Account) {
    return { groups: roles, content: { firstName, plan: this.plans.planOf(id) } };
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      imports: [AuthModule],
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.MINTLIFY_PRIVATE_KEY,
      loginUrl: '/login',
      claimMapper: AcmeClaimMapper,
      // The guard of both routes is AuthGuard('jwt').
      handshakes: { sharedSession: {} },
    }),
  ],
})
export class DocsModule {}
