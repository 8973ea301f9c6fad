import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { AccessTokenClaims } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';

/**
 * Puts the owner of an access token in the place of its claims, as the session does: so the claim mappers need not know
 * how a visitor came.
 */
@Injectable()
export class TokenAccountGuard implements CanActivate {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** Nobody, where the account was deleted since the token was issued. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<{ user?: AccessTokenClaims | SessionPrincipal | undefined }>();
    const { sub } = request.user as AccessTokenClaims;
    const account = sub === undefined ? undefined : await this.accounts.findAccount(sub);
    request.user = account && { accountId: account.id, tenantId: account.tenantId };
    return account !== undefined;
  }
}
