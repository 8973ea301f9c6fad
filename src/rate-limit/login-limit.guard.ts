import { Injectable } from '@nestjs/common';
import type { ThrottlerRequest } from '@nestjs/throttler';
import type { Request } from 'express';
import { normalizeEmail } from '../accounts/account.js';
import { RateLimitGuard } from './rate-limit.guard.js';

/** A request with a form that is not validated yet. */
type FormRequest = Request & { body?: Record<string, unknown> };

/**
 * Limits login attempts per address and per account name. Unknown account names are counted too, so that the response
 * does not reveal which accounts exist.
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
    // Validation rejects this form anyway.
    if (typeof email !== 'string') return true;
    return super.handleRequest({ ...limit, getTracker: () => normalizeEmail(email) });
  }
}
