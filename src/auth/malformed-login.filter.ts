import { BadRequestException, Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { loginPage } from './login-page.js';

/** Answers a malformed login form, which no browser sends, with an empty form. Nothing of it is echoed. */
@Catch(BadRequestException)
export class MalformedLoginFilter implements ExceptionFilter {
  /** Renders the form with status 400. */
  catch(_error: BadRequestException, host: ArgumentsHost): void {
    const problem = 'Enter your email and password.';
    host.switchToHttp().getResponse<Response>().status(400).render('login', loginPage({ problem }));
  }
}
