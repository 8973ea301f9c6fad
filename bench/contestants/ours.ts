import { Module } from '@nestjs/common';
import {
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { createUser } from '../user.js';
import { PrincipalGuard } from './principal.guard.js';
import { SIGNING_KEY } from './signing-key.js';

class BenchClaimMapper implements ClaimMapper {
  map(): MintlifyUser {
    return createUser();
  }
}

/** The library's login. */
@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: SIGNING_KEY,
      claimMapper: BenchClaimMapper,
      handshakes: { jwt: { guards: [PrincipalGuard] } },
    }),
  ],
})
export class OursModule {}

/** The library's shared session. */
@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      claimMapper: BenchClaimMapper,
      handshakes: { jwt: false, sharedSession: { guards: [PrincipalGuard] } },
    }),
  ],
})
export class OursUserInfoModule {}
