import { MintlifyPersonalizationError } from '../errors.js';
import { createRedirectUrl } from '../mintlify/redirect-url.js';
import type { DocsSite } from '../ports/docs-site.js';
import { frontPage, type RedirectRefusal, type RedirectTarget } from '../redirect/redirect-target.js';

/** @internal A redirect URL, and why it does not lead to the page that was asked for. */
export interface FittedRedirectUrl {
  readonly url: string;
  readonly refused: RedirectRefusal | undefined;
}

/**
 * Creates the redirect URL. If it is too long, the page and the anchor go first: they came with the request, and the
 * rest is ours.
 *
 * @internal
 * @throws MintlifyPersonalizationError `redirect_url_too_long` if the token alone is too long
 */
export function fitRedirectUrl(
  site: DocsSite,
  target: RedirectTarget,
  token: string,
  maxRedirectUrlLength: number,
  tenantId?: string,
): FittedRedirectUrl {
  const url = createRedirectUrl(site, target, token);
  if (url.length <= maxRedirectUrlLength) return { url, refused: target.refused };
  const shortUrl = createRedirectUrl(site, frontPage(site), token);
  if (shortUrl.length <= maxRedirectUrlLength) return { url: shortUrl, refused: 'too_long' };
  throw new MintlifyPersonalizationError(
    'redirect_url_too_long',
    `The redirect URL is ${shortUrl.length} characters long and maxRedirectUrlLength is ${maxRedirectUrlLength}. ` +
      'Let the claim mapper return only what the pages use.',
    { tenantId },
  );
}
