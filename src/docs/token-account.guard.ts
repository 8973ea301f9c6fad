import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { AccessTokenClaims } from 'nestjs-mintlify-personalization';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import type { SessionPrincipal } from '../auth/session-principal.js';

/**
 * Replaces the claims of an access token on `request.user` with the same principal that a session gives, so that claim
 * mappers do not depend on the handshake.
 */
@Injectable()
export class TokenAccountGuard implements CanActivate {
  constructor(@Inject(AccountsRepository) private readonly accounts: AccountsRepository) {}

  /** Denies access if the account was deleted after the token was issued. */
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
