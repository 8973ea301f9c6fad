import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import { ClerkGuard } from './clerk.guard.js';

/** The claims of a session token, with those that you add to it in Clerk's dashboard. */
interface Account {
  sub: string;
  firstName: string;
  roles: string[];
}

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
      handshakes: { jwt: { guards: [ClerkGuard], principal: (request) => request.auth } },
    }),
  ],
})
export class DocsModule {}
