import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { ApiKeysRepository } from './api-keys-repository.js';

/** The keys of Acme's API. */
@Module({
  imports: [DatabaseModule],
  providers: [ApiKeysRepository],
  exports: [ApiKeysRepository],
})
export class ApiKeysModule {}
