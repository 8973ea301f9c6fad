import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import { SessionStrategy, type Visitor } from '../../support/sessions.support.js';

class VisitorClaimMapper implements ClaimMapper<Visitor> {
  map = ({ firstName, roles }: Visitor) => ({ groups: roles, content: { firstName } });
}

/** The app of the README's reader: it reads its configuration at start. */
@Module({
  imports: [
    MintlifyPersonalizationModule.forRootAsync({
      useFactory: () => ({
        docsUrl: process.env.DOCS_URL ?? '',
        signingKey: process.env.MINTLIFY_PRIVATE_KEY,
      }),
      claimMapper: VisitorClaimMapper,
    }),
  ],
  providers: [SessionStrategy],
})
export class AppModule {}
