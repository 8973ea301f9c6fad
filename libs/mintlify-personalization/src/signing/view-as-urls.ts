import type { RedirectParameters } from '../redirect/redirect-target.js';

/** Why another person's docs are viewed, and where the visit goes. */
export interface ViewAsOptions extends RedirectParameters {
  /**
   * Why: 1 to 500 characters, without line breaks and other control characters. It stands in the audit event as it is, so
   * it must hold no secret. Required.
   */
  reason: string;
  /**
   * The HTTP request of the actor, if there is one: passed to the tenant resolver and to the claim mapper. It is the scope
   * of a request-scoped mapper.
   */
  request?: unknown;
}

/**
 * Creates the URLs of visits as another person. The signing service calls it and is called by it, so it does not inject
 * it.
 *
 * @internal
 */
export interface ViewAsUrls {
  createUrl(actor: unknown, subject: string, options: ViewAsOptions): Promise<string>;
}

/** @internal Injection token of {@link ViewAsUrls}. */
export const VIEW_AS_URLS = Symbol('VIEW_AS_URLS');
