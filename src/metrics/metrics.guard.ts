import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';

/** Requires METRICS_TOKEN as the bearer token. Without that setting, anyone can read the metrics. */
@Injectable()
export class MetricsGuard implements CanActivate {
  private readonly expected: Buffer | undefined;

  constructor(@Inject(BACKEND_CONFIG) { metricsToken }: BackendConfig) {
    this.expected = metricsToken === undefined ? undefined : digest(`Bearer ${metricsToken}`);
  }

  /** @throws UnauthorizedException without the token */
  canActivate(context: ExecutionContext): boolean {
    if (this.expected === undefined) return true;
    const http = context.switchToHttp();
    const { authorization = '' } = http.getRequest<Request>().headers;
    if (timingSafeEqual(digest(authorization), this.expected)) return true;
    http.getResponse<Response>().setHeader('WWW-Authenticate', 'Bearer realm="metrics"');
    throw new UnauthorizedException();
  }
}

/** Digests have the same length, so that `timingSafeEqual` can compare them. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
