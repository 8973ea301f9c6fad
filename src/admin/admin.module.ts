import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { DocsModule } from '../docs/docs.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { DocsSettingsController } from './docs-settings.controller.js';

/** What the administrators of a tenant may see and do. */
@Module({
  imports: [AccountsModule, DocsModule, TenantsModule],
  controllers: [DocsSettingsController],
})
export class AdminModule {}
