import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { HomeController } from './home.controller.js';

/** The front page. */
@Module({
  imports: [AccountsModule, TenantsModule],
  controllers: [HomeController],
})
export class HomeModule {}
