import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { readCookie, SESSION_LIFETIME_SECONDS, sessionCookie } from './session-cookie.js';
import { SESSION_TOKEN } from './session-token.js';
import { SessionTokens } from './session-tokens.js';
import { SessionsRepository } from './sessions-repository.js';

/** Starts and ends sessions. The cookie holds a signed JWT with the id of a database row; scripts cannot read it. */
@Injectable()
export class SessionService {
  private readonly tokens: SessionTokens;
  private readonly cookie: ReturnType<typeof sessionCookie>;

  constructor(
    @Inject(BACKEND_CONFIG) config: BackendConfig,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
  ) {
    this.tokens = new SessionTokens(config.sessionSecret);
    this.cookie = sessionCookie(config.publicUrl);
  }

  /** Logs the account in for the browser of this request, and ends the session that this browser had. */
  async start(accountId: string, request: Request, response: Response): Promise<void> {
    await this.endSessionOf(request);
    const id = await this.sessions.create(accountId, SESSION_LIFETIME_SECONDS);
    const token = await this.tokens.sign({ id, accountId }, SESSION_TOKEN, SESSION_LIFETIME_SECONDS);
    response.cookie(this.cookie.name, token, {
      ...this.cookie.options,
      maxAge: SESSION_LIFETIME_SECONDS * 1_000,
    });
  }

  /** Logs the browser of this request out. Its session ends, so a copy of the cookie stops working too. */
  async end(request: Request, response: Response): Promise<void> {
    // Before the cookie is cleared: if this fails, the browser can try again.
    await this.endSessionOf(request);
    response.clearCookie(this.cookie.name, this.cookie.options);
  }

  private async endSessionOf(request: Request): Promise<void> {
    const session = await this.tokens.read(readCookie(request, this.cookie.name) ?? '', SESSION_TOKEN);
    if (session !== undefined) await this.sessions.end(session.id);
  }
}
