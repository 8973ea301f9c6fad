import { Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { readCookie } from '../auth/session-cookie.js';
import { SessionTokens, type SessionReference } from '../auth/session-tokens.js';
import { SessionsRepository } from '../auth/sessions-repository.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import {
  ACCESS_TOKEN,
  ACCESS_TOKEN_LIFETIME_SECONDS,
  REFRESH_LIFETIME_SECONDS,
  REFRESH_TOKEN,
} from './console-token.js';
import { refreshCookie } from './refresh-cookie.js';

/** What the console gets after a login or a refresh. It keeps both in memory. */
export interface ConsoleSession {
  accessToken: string;
  expiresInSeconds: number;
}

/**
 * Starts, continues and ends the sessions of the console. A session is a row in the database. The refresh cookie and each
 * access token hold its id, so both stop working when it ends.
 */
@Injectable()
export class ConsoleSessionService {
  private readonly tokens: SessionTokens;
  private readonly cookie: ReturnType<typeof refreshCookie>;

  constructor(
    @Inject(BACKEND_CONFIG) config: BackendConfig,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
  ) {
    this.tokens = new SessionTokens(config.sessionSecret);
    this.cookie = refreshCookie(config.publicUrl);
  }

  /** Starts a session for the account, sets the refresh cookie and returns the first access token. */
  async start(accountId: string, response: Response): Promise<ConsoleSession> {
    const id = await this.sessions.create(accountId, REFRESH_LIFETIME_SECONDS);
    const refreshToken = await this.tokens.sign({ id, accountId }, REFRESH_TOKEN, REFRESH_LIFETIME_SECONDS);
    response.cookie(this.cookie.name, refreshToken, {
      ...this.cookie.options,
      maxAge: REFRESH_LIFETIME_SECONDS * 1_000,
    });
    return this.createAccessToken({ id, accountId });
  }

  /**
   * Returns a new access token for the session of the refresh cookie.
   *
   * @throws UnauthorizedException without a session
   */
  async refresh(request: Request): Promise<ConsoleSession> {
    const session = await this.readSession(request);
    const principal = session && (await this.sessions.findPrincipal(session.id, session.accountId));
    if (session === undefined || principal === undefined) {
      throw new UnauthorizedException('There is no session. Log in first.');
    }
    return this.createAccessToken(session);
  }

  /** Ends the session of the refresh cookie. */
  async end(request: Request, response: Response): Promise<void> {
    const session = await this.readSession(request);
    if (session !== undefined) await this.sessions.end(session.id);
    response.clearCookie(this.cookie.name, this.cookie.options);
  }

  private async createAccessToken(session: SessionReference): Promise<ConsoleSession> {
    return {
      accessToken: await this.tokens.sign(session, ACCESS_TOKEN, ACCESS_TOKEN_LIFETIME_SECONDS),
      expiresInSeconds: ACCESS_TOKEN_LIFETIME_SECONDS,
    };
  }

  private readSession(request: Request): Promise<SessionReference | undefined> {
    return this.tokens.read(readCookie(request, this.cookie.name) ?? '', REFRESH_TOKEN);
  }
}
