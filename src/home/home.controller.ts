import { Controller, Get, Inject, Render, Req, UseGuards } from '@nestjs/common';
import type { Account } from '../accounts/account.types.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import type { SessionPrincipal } from '../auth/session.principal.js';
import { VisitorGuard } from '../auth/visitor.guard.js';
import { BACKEND_CONFIG } from '../config/backend.config.js';
import type { BackendConfig } from '../config/backend.config.js';

/** What the template `home.eta` shows. */
export interface HomePage {
  title: string;
  docsUrl: string;
  account: Account | undefined;
}

/** The front page: who is logged in, and the ways on. */
@Controller()
export class HomeController {
  constructor(
    @Inject(BACKEND_CONFIG) private readonly config: BackendConfig,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
  ) {}

  /** The front page. */
  @Get()
  @Render('home')
  @UseGuards(VisitorGuard)
  async home(@Req() request: { user: SessionPrincipal | false }): Promise<HomePage> {
    const account = request.user ? await this.accounts.findAccount(request.user.accountId) : undefined;
    return { title: 'Acme Cloud', docsUrl: this.config.docsUrl, account };
  }
}
