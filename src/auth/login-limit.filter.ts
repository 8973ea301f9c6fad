import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { loginPage } from './login-page.js';
import { returnPath } from './return-path.js';

/** Shows the login form again after too many tries, and says when to retry. */
@Catch(ThrottlerException)
export class LoginLimitFilter implements ExceptionFilter {
  /** Renders the form with status 429. The posted fields are not validated yet, so only `returnTo` is kept. */
  catch(_error: ThrottlerException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { body } = http.getRequest<Request<object, unknown, Record<string, unknown> | undefined>>();
    const response = http.getResponse<Response>();
    const seconds = String(response.getHeader('Retry-After'));
    const problem = `Too many login attempts. Try again in ${seconds} seconds.`;
    response.status(429).render('login', loginPage({ returnTo: returnPath(body?.['returnTo']), problem }));
  }
}
