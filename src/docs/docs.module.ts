import { Module } from '@nestjs/common';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BACKEND_CONFIG } from '../config/backend.config.js';
import type { BackendConfig } from '../config/backend.config.js';
import { TENANT_MAX_AGE_SECONDS } from '../tenants/rotation.times.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { AccountTenantResolver } from './account-tenant.resolver.js';
import { AcmeClaimMapper } from './acme-claim.mapper.js';
import { DatabaseTenantSource } from './database-tenant.source.js';
import { DefaultClaimMapper } from './default-claim.mapper.js';
import { GlobexClaimMapper } from './globex-claim.mapper.js';
import { KeyRotation } from './key.rotation.js';

/**
 * The whole integration: it mounts `GET /docs-login`, which sends a visitor with a session to the docs of their tenant,
 * known by name, and any other visitor to the login first. The options are those of the default docs site, from which
 * a tenant takes what the tenant source leaves out.
 */
@Module({
  imports: [
    AccountsModule,
    TenantsModule,
    MintlifyPersonalizationModule.forRootAsync({
      inject: [BACKEND_CONFIG],
      useFactory: ({ docsSites: { personalization } }: BackendConfig) => ({
        docsUrl: personalization.url,
        signingKey: personalization.signingKey,
        loginUrl: '/login',
        tenantMaxAgeSeconds: TENANT_MAX_AGE_SECONDS,
      }),
      tenantResolver: AccountTenantResolver,
      tenantSource: DatabaseTenantSource,
      imports: [TenantsModule],
    }),
  ],
  providers: [AcmeClaimMapper, GlobexClaimMapper, DefaultClaimMapper, KeyRotation],
  exports: [KeyRotation],
})
export class DocsModule {}
