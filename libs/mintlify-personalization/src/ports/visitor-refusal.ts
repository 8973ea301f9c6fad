import type { HttpException } from '@nestjs/common';

const REFUSALS: ReadonlySet<unknown> = new Set([401, 403]);

/**
 * Whether what a claim mapper, a tenant resolver or a tenant source threw means that this visitor may not log in: Nest's
 * `UnauthorizedException` or `ForbiddenException`.
 *
 * @internal
 */
export function isVisitorRefusal(error: unknown): error is HttpException {
  return REFUSALS.has(httpStatusOf(error));
}

/**
 * The status of Nest's `HttpException`, recognized by its methods: an app may have several copies of `@nestjs/common`.
 *
 * @internal
 * @returns `undefined` for anything else
 */
export function httpStatusOf(error: unknown): number | undefined {
  try {
    const { getStatus, getResponse } = error as Partial<HttpException>;
    if (typeof getStatus !== 'function' || typeof getResponse !== 'function') return undefined;
    return (error as HttpException).getStatus();
  } catch {
    // A host app may throw nothing, or a proxy that throws again when it is read.
    return undefined;
  }
}
