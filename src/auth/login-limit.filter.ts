import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { loginPage } from './login-page.js';
import { returnPath } from './return-path.js';

/** Answers who has tried to log in too often with the form again, and says when to come back. */
@Catch(ThrottlerException)
export class LoginLimitFilter implements ExceptionFilter {
  /** Renders the form with status 429. Nobody has checked what was posted, so only the way back is kept of it. */
  catch(_error: ThrottlerException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { body } = http.getRequest<Request<object, unknown, Record<string, unknown> | undefined>>();
    const response = http.getResponse<Response>();
    const seconds = String(response.getHeader('Retry-After'));
    const problem = `Too many tries to log in. Please try again in ${seconds} seconds.`;
    response.status(429).render('login', loginPage({ returnTo: returnPath(body?.['returnTo']), problem }));
  }
}
