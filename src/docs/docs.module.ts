import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BACKEND_CONFIG } from '../config/backend.config.js';
import type { BackendConfig } from '../config/backend.config.js';
import { AcmeClaimMapper } from './acme-claim.mapper.js';

/**
 * The whole integration: it mounts `GET /docs-login`, which sends a visitor with a session to the docs, known by
 * name, and any other visitor to the login first.
 */
@Module({
  imports: [
    AccountsModule,
    MintlifyPersonalizationModule.forRootAsync({
      inject: [BACKEND_CONFIG],
      useFactory: ({ docsUrl, signingKey }: BackendConfig) => ({ docsUrl, signingKey, loginUrl: '/login' }),
    }),
  ],
  providers: [AcmeClaimMapper],
})
export class DocsModule {}
