import { Module } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import type { Account } from './auth/account.js';

class AcmeClaimMapper implements ClaimMapper<Account> {
  map = ({ firstName, roles }: Account) => ({ groups: roles, content: { firstName } });
}

// Without an account in the session, the visitor is anonymous: no guard is needed.
const session = { guards: [], principal: (request: FastifyRequest) => request.session.get('account') };

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.MINTLIFY_PRIVATE_KEY,
      loginUrl: '/login',
      claimMapper: AcmeClaimMapper,
      handshakes: { jwt: session, sharedSession: session },
    }),
  ],
})
export class DocsModule {}
