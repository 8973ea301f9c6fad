import type { ExecutionContext } from '@nestjs/common';
import { ThrottlerException, ThrottlerGuard } from '@nestjs/throttler';
import type { ThrottlerLimitDetail } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import type { RateLimits } from '../config/backend-config.js';

/** Answers 429 with `Retry-After` to a client that exceeds one of the guard's limits. */
export abstract class RateLimitGuard extends ThrottlerGuard {
  /** The limits that this guard applies. */
  protected abstract readonly limits: readonly (keyof RateLimits)[];

  /** The module options hold all limits; each guard keeps its own. */
  override async onModuleInit(): Promise<void> {
    await super.onModuleInit();
    this.throttlers = this.throttlers.filter(({ name }) => this.limits.some((limit) => limit === name));
  }

  /** The client address of a request. */
  protected addressOf(request: Request): Promise<string> {
    return super.getTracker(request);
  }

  /** Sets the standard `Retry-After` header; the base class would append the name of the limit to it. */
  protected override async throwThrottlingException(
    context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    context.switchToHttp().getResponse<Response>().setHeader('Retry-After', timeToBlockExpire);
    throw new ThrottlerException('Too many requests.');
  }
}
