import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { RateLimitGuard } from './rate-limit.guard.js';

/**
 * Limits how often the docs ask for one visitor. It stands behind a guard that puts the visitor on `request.user` and lets
 * everybody pass: who is nobody is counted by address, so that an office behind one address is not one visitor.
 */
@Injectable()
export class DocsLimitGuard extends RateLimitGuard {
  protected override readonly limits = ['docsPerVisitor'] as const;

  protected override async getTracker(
    request: Request & { user?: SessionPrincipal | false },
  ): Promise<string> {
    return request.user ? `visitor ${request.user.accountId}` : `address ${await this.addressOf(request)}`;
  }
}
