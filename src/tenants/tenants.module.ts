import { Module } from '@nestjs/common';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { DatabaseModule } from '../database/database.module.js';
import { TenantKeyCipher } from './tenant-key-cipher.js';
import { TenantKeysRepository } from './tenant-keys-repository.js';
import { TenantsRepository } from './tenants-repository.js';

/** The customers, with their docs settings and signing keys. */
@Module({
  imports: [DatabaseModule],
  providers: [
    TenantsRepository,
    TenantKeysRepository,
    {
      provide: TenantKeyCipher,
      inject: [BACKEND_CONFIG],
      useFactory: ({ tenantKeysSecret }: BackendConfig) => new TenantKeyCipher(tenantKeysSecret),
    },
  ],
  exports: [TenantsRepository, TenantKeysRepository, TenantKeyCipher],
})
export class TenantsModule {}
