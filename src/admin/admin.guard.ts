import { ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { isAdmin } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';

/** Allows administrators only. The role is read from the account on each request, not from the session. */
@Injectable()
export class AdminGuard extends AuthGuard('jwt') {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {
    super();
  }

  /**
   * @throws UnauthorizedException without a session
   * @throws ForbiddenException without the role
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const { user } = context.switchToHttp().getRequest<{ user: SessionPrincipal }>();
    const account = await this.accounts.findAccount(user.accountId);
    if (account === undefined || !isAdmin(account)) {
      throw new ForbiddenException('This page is for the administrators of your company.');
    }
    return true;
  }
}
