import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { RateLimitGuard } from './rate-limit.guard.js';

/**
 * Limits the requests to a docs route per visitor. It runs after a guard that puts the visitor on `request.user` and allows
 * anonymous visitors. Only these are counted by address, so that colleagues behind one address do not share a limit.
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
