import { Module } from '@nestjs/common';
import {
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { PeersModule } from './peers.module.js';

class StartClaimMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

/** The same app with the library: two handshakes with the default guards. The environment has the signing key. */
@Module({
  imports: [
    PeersModule,
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.BENCH_SIGNING_KEY ?? '',
      claimMapper: StartClaimMapper,
      handshakes: { sharedSession: {} },
    }),
  ],
})
export class LibraryModule {}
