import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { ActivityRecorder } from './activity-recorder.js';
import { ActivityRepository } from './activity-repository.js';

/** Counts the logins, lookups and refusals of each tenant, for its administrators. */
@Module({
  imports: [DatabaseModule],
  providers: [ActivityRepository, ActivityRecorder],
  exports: [ActivityRepository, ActivityRecorder],
})
export class ActivityModule {}
