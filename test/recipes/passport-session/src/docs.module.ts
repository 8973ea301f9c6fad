import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import type { Account } from './auth/account.js';

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
      // passport.session() puts the account on request.user: no guard is needed.
      handshakes: { jwt: { guards: [] }, sharedSession: { guards: [] } },
    }),
  ],
})
export class DocsModule {}
