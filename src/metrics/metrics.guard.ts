import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';

/** Lets in who has the token of METRICS_TOKEN; everybody, where there is none. */
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

/** Texts of any length become comparable in a time that says nothing about them. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
