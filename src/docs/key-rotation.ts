import { Inject, Injectable } from '@nestjs/common';
import { TenantRegistry } from 'nestjs-mintlify-personalization';
import { TenantKeysRepository } from '../tenants/tenant-keys-repository.js';

/** Gives a tenant a new signing key while visitors keep coming. */
@Injectable()
export class KeyRotation {
  constructor(
    @Inject(TenantKeysRepository) private readonly keys: TenantKeysRepository,
    @Inject(TenantRegistry) private readonly registry: TenantRegistry,
  ) {}

  /**
   * Rotates the key of a tenant. When this is done, the docs accept the new key, and the next login in this process is
   * signed with it. Other processes load it when what they know is `TENANT_MAX_AGE_SECONDS` old; meanwhile the docs
   * accept the old key.
   */
  async rotate(tenantId: string): Promise<void> {
    await this.keys.rotate(tenantId);
    this.registry.invalidate(tenantId);
  }
}
