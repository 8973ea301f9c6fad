import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { ServicesRepository } from './services-repository.js';
import { ServicesController } from './services.controller.js';

/** Acme's API. */
@Module({
  imports: [ApiKeysModule, DatabaseModule, RateLimitModule],
  controllers: [ServicesController],
  providers: [ServicesRepository],
})
export class ServicesModule {}
