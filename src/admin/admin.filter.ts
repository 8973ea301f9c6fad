import { Catch, ConflictException, ForbiddenException, UnauthorizedException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { DOCS_SETTINGS_PATH } from './docs-settings.page.js';

/** Answers who may not, and what cannot be done, with a page. An anonymous visitor goes to the login. */
@Catch(UnauthorizedException, ForbiddenException, ConflictException)
export class AdminFilter implements ExceptionFilter {
  /** After the login the visitor sees the settings, also where they had pressed a button: it is pressed anew. */
  catch(error: HttpException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof UnauthorizedException) {
      response.redirect(303, `/login?returnTo=${encodeURIComponent(DOCS_SETTINGS_PATH)}`);
      return;
    }
    response.status(error.getStatus()).render('refusal', { title: 'Docs settings', reason: error.message });
  }
}
