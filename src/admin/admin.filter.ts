import { Catch, ConflictException, ForbiddenException, UnauthorizedException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DOCS_SETTINGS_PATH } from './docs-settings-page.js';

/** Shows an error page for 403 and 409. Sends an anonymous visitor to the login. */
@Catch(UnauthorizedException, ForbiddenException, ConflictException)
export class AdminFilter implements ExceptionFilter {
  /** After the login the visitor returns to the page. A form is not posted again: they return to the docs settings. */
  catch(error: HttpException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    if (error instanceof UnauthorizedException) {
      const { method, path } = http.getRequest<Request>();
      const returnTo = method === 'GET' ? path : DOCS_SETTINGS_PATH;
      response.redirect(303, `/login?returnTo=${encodeURIComponent(returnTo)}`);
      return;
    }
    response.status(error.getStatus()).render('error', { title: 'Administration', reason: error.message });
  }
}
