import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { DocsModule } from '../docs/docs.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { ActivityController } from './activity.controller.js';
import { DocsSettingsController } from './docs-settings.controller.js';
import { MembersController } from './members.controller.js';

/** The pages for the administrators of a tenant. */
@Module({
  imports: [AccountsModule, ActivityModule, DocsModule, TenantsModule],
  controllers: [DocsSettingsController, ActivityController, MembersController],
})
export class AdminModule {}
