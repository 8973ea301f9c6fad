import {
  applyDecorators,
  HttpCode,
  HttpStatus,
  SetMetadata,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { DocsLoginAnswer } from './docs-login-answer.js';
import { OwnLoginFilter } from './own-login.filter.js';
import { OwnLoginGuard } from './own-login.guard.js';
import { OwnLoginInterceptor } from './own-login.interceptor.js';

/** @internal The metadata key of handlers with {@link DocsLogin}. */
export const DOCS_LOGIN = 'mintlify-personalization:docs-login';

/** A handler for {@link DocsLogin}. */
export type DocsLoginHandler = (...args: never[]) => DocsLoginAnswer | Promise<DocsLoginAnswer>;

/**
 * Makes a `GET` route of your own a docs login, as safe as the mounted one: the same response headers, the same checks
 * (`HEAD`, prefetches, frames, subresources), limits, error responses and audit events. The handler only says who the
 * visitor is; the library signs the token and redirects.
 *
 * Use it if the mounted route does not fit: another parameter for the page, a tenant in the path, a question before the
 * login. Your guards stay yours; without a principal, the visitor goes to `loginUrl`. Do not send the response yourself,
 * and do not add `@Redirect()`.
 *
 * @example
 * ```ts
 * @Get('workspaces/:id/docs')
 * @UseGuards(WorkspaceGuard)
 * @DocsLogin()
 * async openDocs(@Req() request: WorkspaceRequest): Promise<DocsLoginAnswer> {
 *   return { user: await this.identity.identify(request.user, request) };
 * }
 * ```
 */
export function DocsLogin(): <T extends DocsLoginHandler>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void {
  return applyDecorators(
    SetMetadata(DOCS_LOGIN, true),
    HttpCode(HttpStatus.FOUND),
    UseGuards(OwnLoginGuard),
    UseInterceptors(OwnLoginInterceptor),
    UseFilters(OwnLoginFilter),
  );
}
