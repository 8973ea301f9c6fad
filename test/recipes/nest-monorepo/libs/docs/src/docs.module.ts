import type { Account } from '@app/auth';
import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';

class AcmeClaimMapper implements ClaimMapper<Account> {
  map = ({ firstName, roles }: Account) => ({ groups: roles, content: { firstName } });
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
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
