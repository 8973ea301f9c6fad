import { Controller, Get, Inject, Render, Req, UseFilters, UseGuards } from '@nestjs/common';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import { ActivityRecorder } from '../activity/activity-recorder.js';
import { ActivityRepository } from '../activity/activity-repository.js';
import { activitySteps, firstStep } from '../activity/activity-series.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { ACTIVITY_PATH, activityPage } from './activity-page.js';
import type { ActivityPage } from './activity-page.js';
import { AdminFilter } from './admin.filter.js';
import { AdminGuard } from './admin.guard.js';

/** The recent activity of a tenant, for its administrators. The tenant is always that of the session. */
@Controller(ACTIVITY_PATH)
@UseGuards(AdminGuard)
@UseFilters(AdminFilter)
export class ActivityController {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(ActivityRecorder) private readonly recorder: ActivityRecorder,
    @Inject(ActivityRepository) private readonly activity: ActivityRepository,
  ) {}

  /** The last hours. This process writes its counts first; other processes write theirs within ten seconds. */
  @Get()
  @Render('activity')
  async show(@Req() { user: { accountId, tenantId } }: { user: SessionPrincipal }): Promise<ActivityPage> {
    const account = await this.accounts.getAccount(accountId);
    await this.recorder.flush();
    const now = new Date();
    const counts = await this.activity.findSince(tenantId, firstStep(now));
    return activityPage(account, activitySteps(counts, now));
  }
}
