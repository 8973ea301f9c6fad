import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import type { Account } from './auth/account.js';
import { Public } from './auth/app.guard.js';
import { SessionGuard } from './auth/session.guard.js';

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
      handshakes: {
        jwt: { guards: [SessionGuard], decorators: [Public()] },
        sharedSession: { guards: [SessionGuard], decorators: [Public()] },
      },
    }),
  ],
})
export class DocsModule {}
