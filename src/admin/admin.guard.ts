import { ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { isAdmin } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';

/** Lets administrators pass: those whose account has the role now, whatever it had at login. */
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
