import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { AccountsRepository } from './accounts-repository.js';

/** The people who can log in. */
@Module({
  imports: [DatabaseModule],
  providers: [AccountsRepository],
  exports: [AccountsRepository],
})
export class AccountsModule {}
