import type { ExecutionContext } from '@nestjs/common';
import { ThrottlerException, ThrottlerGuard } from '@nestjs/throttler';
import type { ThrottlerLimitDetail } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import type { RateLimits } from '../config/backend-config.js';

/** Refuses with 429 who asks more often than one of its limits allows, and says when to come back. */
export abstract class RateLimitGuard extends ThrottlerGuard {
  /** Which of the limits count here. */
  protected abstract readonly limits: readonly (keyof RateLimits)[];

  /** All limits stand in the options of one module; a guard keeps its own. */
  override async onModuleInit(): Promise<void> {
    await super.onModuleInit();
    this.throttlers = this.throttlers.filter(({ name }) => this.limits.some((limit) => limit === name));
  }

  /** Who sent a request, where nothing better is known. */
  protected addressOf(request: Request): Promise<string> {
    return super.getTracker(request);
  }

  /** By the header's own name: the guard would add that of the limit to it. */
  protected override async throwThrottlingException(
    context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    context.switchToHttp().getResponse<Response>().setHeader('Retry-After', timeToBlockExpire);
    throw new ThrottlerException('Too many requests.');
  }
}
