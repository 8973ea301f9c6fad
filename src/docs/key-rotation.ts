import { Inject, Injectable } from '@nestjs/common';
import { TenantRegistry } from 'nestjs-mintlify-personalization';
import { TenantKeysRepository } from '../tenants/tenant-keys-repository.js';

/** Rotates the signing key of a tenant without failed logins. */
@Injectable()
export class KeyRotation {
  constructor(
    @Inject(TenantKeysRepository) private readonly keys: TenantKeysRepository,
    @Inject(TenantRegistry) private readonly registry: TenantRegistry,
  ) {}

  /**
   * Rotates the key of a tenant. Afterwards the docs accept the new key, and this process signs the next login with it.
   * Other processes load it within `TENANT_MAX_AGE_SECONDS`; until then the docs accept the old key.
   */
  async rotate(tenantId: string): Promise<void> {
    await this.keys.rotate(tenantId);
    this.registry.invalidate(tenantId);
  }
}
