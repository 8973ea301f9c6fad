import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import type { Account } from './auth/account.js';
import { DocsResolver } from './docs.resolver.js';

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
      // The app-wide guard puts the account on request.user.
      handshakes: { jwt: { guards: [] }, sharedSession: { guards: [] } },
    }),
  ],
  providers: [DocsResolver],
})
export class DocsModule {}
