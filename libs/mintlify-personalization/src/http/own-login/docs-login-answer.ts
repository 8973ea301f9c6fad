import { MintlifyPersonalizationError } from '../../errors.js';
import type { MintlifyUser } from '../../ports/mintlify-user.js';
import type { RedirectParameters } from '../../redirect/redirect-target.js';

/**
 * What a handler with `@DocsLogin()` returns: the user for the docs, and optionally the page. Without `redirect` and
 * `anchor`, those in the query of the request count. They need not be trusted.
 *
 * @example
 * ```ts
 * return { user: await this.identity.identify(request.user, request), redirect: '/welcome' };
 * ```
 */
export interface DocsLoginAnswer extends RedirectParameters {
  /** The user, from `IdentityService.identify` or of your own making. It is validated. */
  user: MintlifyUser;
  /**
   * The tenant to sign for. Default: the one that `IdentityService` found for this user object; for a user of your own
   * making, the default docs site.
   */
  tenantId?: string | undefined;
}

/**
 * Checks what a handler returned, since not every app is type-checked.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function readDocsLoginAnswer(answer: unknown): DocsLoginAnswer {
  const { user } = Object(answer) as { user?: unknown };
  if (typeof user === 'object' && user !== null) return answer as DocsLoginAnswer;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'A handler with @DocsLogin() returned no user. Return { user: await identity.identify(request.user, request) }. The ' +
      'library signs the token and sends the redirect.',
  );
}
