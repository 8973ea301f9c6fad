import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-jwt';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { BACKEND_CONFIG } from '../config/backend.config.js';
import type { BackendConfig } from '../config/backend.config.js';
import { readCookie, sessionCookie } from './session.cookie.js';
import type { SessionPrincipal } from './session.principal.js';
import { SESSION_TOKEN } from './session.token.js';

/** The strategy behind `AuthGuard('jwt')`: a session is a valid cookie of an account that still exists. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(BACKEND_CONFIG) config: BackendConfig,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
  ) {
    const { name } = sessionCookie(config.publicUrl);
    super({
      jwtFromRequest: (request: Request) => readCookie(request, name),
      secretOrKey: importSecret(config.sessionSecret),
      algorithms: [SESSION_TOKEN.algorithm],
      issuer: SESSION_TOKEN.issuer,
      audience: SESSION_TOKEN.audience,
    });
  }

  /** Called with the claims of a valid token; `null` means anonymous. */
  async validate(claims: { sub: string }): Promise<SessionPrincipal | null> {
    const account = await this.accounts.findAccount(claims.sub);
    return account === undefined ? null : { accountId: account.id, tenantId: account.tenantId };
  }
}

/** `jsonwebtoken` takes a `KeyObject`, which its types do not say; of a text it makes one for each request, slowly. */
function importSecret(secret: string): Buffer {
  return createSecretKey(secret, 'utf8') as unknown as Buffer;
}
