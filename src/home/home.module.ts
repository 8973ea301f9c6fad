import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { HomeController } from './home.controller.js';

/** The front page. */
@Module({
  imports: [AccountsModule],
  controllers: [HomeController],
})
export class HomeModule {}
