import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import { Auth0Guard } from './auth0.guard.js';

/** The claims of an access token, with those that an Action adds. */
interface Account {
  sub: string;
  'https://foo.com/first_name': string;
  'https://foo.com/roles': string[];
}

class AcmeClaimMapper implements ClaimMapper<Account> {
  map = (account: Account) => ({
    groups: account['https://foo.com/roles'],
    content: { firstName: account['https://foo.com/first_name'] },
  });
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      claimMapper: AcmeClaimMapper,
      handshakes: {
        jwt: false,
        oauth: { guards: [Auth0Guard], principal: (request) => request.auth?.payload },
      },
    }),
  ],
})
export class DocsModule {}
