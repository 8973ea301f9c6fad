import { Controller, Get, Inject, Render, Req, UseGuards } from '@nestjs/common';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { OptionalSessionGuard } from '../auth/optional-session.guard.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { docsOf } from '../tenants/tenant-docs.js';
import { TenantsRepository } from '../tenants/tenants-repository.js';
import { homePage, visitorOnHomePage } from './home-page.js';
import type { HomePage } from './home-page.js';

/** The front page: who is logged in, and links to the docs. */
@Controller()
export class HomeController {
  constructor(
    @Inject(BACKEND_CONFIG) private readonly config: BackendConfig,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(TenantsRepository) private readonly tenants: TenantsRepository,
  ) {}

  /** The front page. */
  @Get()
  @Render('home')
  @UseGuards(OptionalSessionGuard)
  async home(@Req() { user }: { user: SessionPrincipal | false }): Promise<HomePage> {
    if (!user) return homePage(this.config);
    const account = await this.accounts.findAccount(user.accountId);
    const tenant = await this.tenants.findTenant(user.tenantId);
    if (account === undefined || tenant === undefined) return homePage(this.config);
    return homePage(this.config, visitorOnHomePage(account, docsOf(tenant, this.config), this.config));
  }
}
