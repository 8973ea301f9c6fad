import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { importSecret } from '../auth/import-secret.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { SessionsRepository } from '../auth/sessions-repository.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { ACCESS_TOKEN } from './console-token.js';

/** The strategy behind `AuthGuard('console')`: it requires an access token of the console in `Authorization`. */
@Injectable()
export class ConsoleTokenStrategy extends PassportStrategy(Strategy, 'console') {
  constructor(
    @Inject(BACKEND_CONFIG) config: BackendConfig,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: importSecret(config.sessionSecret),
      algorithms: [ACCESS_TOKEN.algorithm],
      issuer: ACCESS_TOKEN.issuer,
      audience: ACCESS_TOKEN.audience,
    });
  }

  /** Runs with the claims of a valid token; `null` means that its session has ended. */
  async validate({ sub, jti }: { sub: string; jti?: string }): Promise<SessionPrincipal | null> {
    if (jti === undefined) return null;
    return (await this.sessions.findPrincipal(jti, sub)) ?? null;
  }
}
