import {
  ConflictException,
  Controller,
  Get,
  Inject,
  Post,
  Query,
  Render,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import type { Response } from 'express';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { KeyRotation } from '../docs/key-rotation.js';
import { docsOf } from '../tenants/tenant-docs.js';
import type { TenantDocs } from '../tenants/tenant-docs.js';
import { TenantKeysRepository } from '../tenants/tenant-keys-repository.js';
import { TenantsRepository } from '../tenants/tenants-repository.js';
import { AdminFilter } from './admin.filter.js';
import { AdminGuard } from './admin.guard.js';
import { DOCS_SETTINGS_PATH, docsSettingsPage } from './docs-settings-page.js';
import type { DocsSettingsPage } from './docs-settings-page.js';

/** A request after {@link AdminGuard}. */
interface AdminRequest {
  user: SessionPrincipal;
}

/**
 * The docs settings of a tenant, for its administrators. The tenant is always that of the session: no path, query or
 * form field names one, so no one reaches the settings of another tenant.
 */
@Controller(DOCS_SETTINGS_PATH)
@UseGuards(AdminGuard)
@UseFilters(AdminFilter)
export class DocsSettingsController {
  constructor(
    @Inject(BACKEND_CONFIG) private readonly config: BackendConfig,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(TenantsRepository) private readonly tenants: TenantsRepository,
    @Inject(TenantKeysRepository) private readonly keys: TenantKeysRepository,
    @Inject(KeyRotation) private readonly rotation: KeyRotation,
  ) {}

  /** The settings page. */
  @Get()
  @Render('docs-settings')
  async settings(
    @Req() { user: { accountId, tenantId } }: AdminRequest,
    @Query('rotated') rotated: unknown,
  ): Promise<DocsSettingsPage> {
    const account = await this.accounts.getAccount(accountId);
    const docs = await this.docsOf(tenantId);
    return docsSettingsPage(account, docs, await this.keys.findRetired(tenantId), rotated);
  }

  /** Rotates the key, then shows the settings again. */
  @Post('rotate-key')
  async rotateKey(@Req() { user: { tenantId } }: AdminRequest, @Res() response: Response): Promise<void> {
    const { isKeyRotatable } = await this.docsOf(tenantId);
    if (!isKeyRotatable) {
      throw new ConflictException(
        'The key of these docs is managed elsewhere. Rotate it there, then update this backend.',
      );
    }
    await this.rotation.rotate(tenantId);
    const { key } = await this.docsOf(tenantId);
    response.redirect(303, `${DOCS_SETTINGS_PATH}?rotated=${key?.kid ?? ''}`);
  }

  private async docsOf(tenantId: string): Promise<TenantDocs> {
    const tenant = await this.tenants.findTenant(tenantId);
    if (tenant === undefined)
      throw new Error(`Tenant ${tenantId} was deleted while its administrator was logged in.`);
    return docsOf(tenant, this.config);
  }
}
