import { Module } from '@nestjs/common';
import type { UserSession } from '@thallesp/nestjs-better-auth';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import type { auth } from './auth/auth.js';

type Account = UserSession<typeof auth>['user'];

class AcmeClaimMapper implements ClaimMapper<Account> {
  map = ({ name, role }: Account) => ({ groups: [role], content: { firstName: name } });
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.MINTLIFY_PRIVATE_KEY,
      loginUrl: '/login',
      claimMapper: AcmeClaimMapper,
      // The app-wide AuthGuard of the module above puts the account on request.user.
      handshakes: { jwt: { guards: [] }, sharedSession: { guards: [] } },
    }),
  ],
})
export class DocsModule {}
