import { Module } from '@nestjs/common';
import { AuthGuard } from 'nest-keycloak-connect';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import { KeycloakModule } from './keycloak.module';

/** The claims of an access token: AuthGuard puts them on request.user. */
interface Account {
  given_name: string;
  realm_access: { roles: string[] };
}

class AcmeClaimMapper implements ClaimMapper<Account> {
  map = (account: Account) => ({
    groups: account.realm_access.roles,
    content: { firstName: account.given_name },
  });
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      imports: [KeycloakModule], // what AuthGuard injects
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.MINTLIFY_PRIVATE_KEY, // for `jwt` alone
      loginUrl: '/login',
      claimMapper: AcmeClaimMapper,
      handshakes: { jwt: { guards: [AuthGuard] }, oauth: { guards: [AuthGuard] } },
    }),
  ],
})
export class DocsModule {}
