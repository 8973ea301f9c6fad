import { Injectable } from '@nestjs/common';
import type { ThrottlerRequest } from '@nestjs/throttler';
import type { Request } from 'express';
import { normalizeEmail } from '../accounts/account.js';
import { RateLimitGuard } from './rate-limit.guard.js';

/** A posted form, before anybody has looked at it. */
type FormRequest = Request & { body?: Record<string, unknown> };

/**
 * Limits how often passwords are tried: from one address, and for one account name from anywhere. A name that no account has
 * is counted all the same, so that the answer does not tell which accounts exist.
 */
@Injectable()
export class LoginLimitGuard extends RateLimitGuard {
  protected override readonly limits = ['loginsPerAddress', 'loginsPerAccount'] as const;

  protected override async handleRequest(limit: ThrottlerRequest): Promise<boolean> {
    const request = limit.context.switchToHttp().getRequest<FormRequest>();
    if (limit.throttler.name === 'loginsPerAddress') {
      const getTracker = () => this.addressOf(request);
      return super.handleRequest({ ...limit, getTracker });
    }
    const email = request.body?.['email'];
    // Such a form is refused anyway.
    if (typeof email !== 'string') return true;
    return super.handleRequest({ ...limit, getTracker: () => normalizeEmail(email) });
  }
}
