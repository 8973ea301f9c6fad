import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { SignJWT } from 'jose';
import { BACKEND_CONFIG } from '../config/backend.config.js';
import type { BackendConfig } from '../config/backend.config.js';
import { SESSION_LIFETIME_SECONDS, sessionCookie } from './session.cookie.js';
import { SESSION_TOKEN } from './session.token.js';

/** Starts and ends sessions: a signed JWT in a cookie that scripts cannot read. */
@Injectable()
export class SessionService {
  private readonly key: Uint8Array;
  private readonly cookie: ReturnType<typeof sessionCookie>;

  constructor(@Inject(BACKEND_CONFIG) config: BackendConfig) {
    this.key = new TextEncoder().encode(config.sessionSecret);
    this.cookie = sessionCookie(config.publicUrl);
  }

  /** Logs the account in on the browser that gets this response. */
  async start(accountId: string, response: Response): Promise<void> {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: SESSION_TOKEN.algorithm })
      .setIssuer(SESSION_TOKEN.issuer)
      .setAudience(SESSION_TOKEN.audience)
      .setSubject(accountId)
      .setIssuedAt()
      .setExpirationTime(`${SESSION_LIFETIME_SECONDS} seconds`)
      .sign(this.key);
    response.cookie(this.cookie.name, token, {
      ...this.cookie.options,
      maxAge: SESSION_LIFETIME_SECONDS * 1_000,
    });
  }

  /** Logs out the browser that gets this response. */
  end(response: Response): void {
    response.clearCookie(this.cookie.name, this.cookie.options);
  }
}
