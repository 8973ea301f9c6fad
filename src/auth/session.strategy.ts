import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-jwt';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { importSecret } from './import-secret.js';
import { readCookie, sessionCookie } from './session-cookie.js';
import type { SessionPrincipal } from './session-principal.js';
import { SESSION_TOKEN } from './session-token.js';
import { SessionsRepository } from './sessions-repository.js';

/** The strategy behind `AuthGuard('jwt')`: it requires a valid session cookie whose session has not ended. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(BACKEND_CONFIG) config: BackendConfig,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
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

  /** Runs with the claims of a valid token; `null` means anonymous. */
  async validate({ sub, jti }: { sub: string; jti?: string }): Promise<SessionPrincipal | null> {
    if (jti === undefined) return null;
    return (await this.sessions.findPrincipal(jti, sub)) ?? null;
  }
}
