import { Inject, Injectable } from '@nestjs/common';
import type { TenantOptions, TenantSource } from 'nestjs-mintlify-personalization';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { docsOf } from '../tenants/tenant-docs.js';
import { TenantKeyCipher } from '../tenants/tenant-key-cipher.js';
import { TenantsRepository } from '../tenants/tenants-repository.js';

/** Loads the docs settings of a tenant and its signing key from the database. */
@Injectable()
export class DatabaseTenantSource implements TenantSource {
  constructor(
    @Inject(BACKEND_CONFIG) private readonly config: BackendConfig,
    @Inject(TenantsRepository) private readonly tenants: TenantsRepository,
    @Inject(TenantKeyCipher) private readonly cipher: TenantKeyCipher,
  ) {}

  /** The options of a tenant. A tenant without a key of its own gets the key of the docs site. */
  async load(tenantId: string): Promise<TenantOptions | undefined> {
    const tenant = await this.tenants.findTenant(tenantId);
    if (tenant === undefined) return undefined;
    const { url, mode, key } = docsOf(tenant, this.config);
    const ownKey = key?.sealedPrivateKey ?? undefined;
    const signingKey =
      key === undefined || ownKey === undefined
        ? this.config.docsSites[mode].signingKey
        : await this.cipher.open(tenantId, key.kid, ownKey);
    // A tenant with docs of its own would need a key for those.
    const discovery = tenant.docsUrl === null ? this.config.docsSites[mode].discovery : undefined;
    return { docsUrl: url, mode, signingKey, discovery };
  }

  /** Whether an origin is that of the private docs of this installation, or of a tenant's own docs. */
  async knowsOrigin(origin: string): Promise<boolean> {
    const { url } = this.config.docsSites.authentication;
    return new URL(url).origin === origin || this.tenants.hasDocsAt(origin);
  }
}
