import { BadRequestException, Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { loginPage } from './login-page.js';

/** Answers a login form that no browser would send with an empty form, and echoes nothing of it. */
@Catch(BadRequestException)
export class MalformedLoginFilter implements ExceptionFilter {
  /** Renders the form with status 400. */
  catch(_error: BadRequestException, host: ArgumentsHost): void {
    const problem = 'Please fill in your email and your password.';
    host.switchToHttp().getResponse<Response>().status(400).render('login', loginPage({ problem }));
  }
}
