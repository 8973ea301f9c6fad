import type * as Tldts from 'tldts';
import { invalidOptionError } from './invalid-option-error.js';
import { missingPackageError } from './optional-package.js';

/** Finds the registrable domain of a host name; `null` for an IP address or a public suffix. */
type FindDomain = (hostname: string) => string | null;

/**
 * Throws if API and docs are not same-site, since browsers would then send no cookies from the docs to the API
 * (`spec/handshakes.md`, section 4). Uses the public suffix list with its private section, as browsers do.
 *
 * @internal
 * @param apiUrl the origin of the API
 * @param docs the origin of the docs
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export async function assertSameSite(apiUrl: string, docs: string): Promise<void> {
  const { getDomain } = await loadDomains();
  const findDomain: FindDomain = (hostname) => getDomain(hostname, { allowPrivateDomains: true });
  if (isSameSite(new URL(apiUrl), new URL(docs), findDomain)) return;
  throw invalidOptionError(
    `apiUrl ${apiUrl}`,
    `and docsUrl ${docs} are not same-site, so browsers send no cookie from the docs to the API, ` +
      'and all visitors of the shared-session handshake would be anonymous',
    'Put both under one domain (api.foo.com and docs.foo.com) with the same scheme, or use the JWT or the OAuth handshake.',
  );
}

function isSameSite(api: URL, docs: URL, findDomain: FindDomain): boolean {
  if (api.protocol !== docs.protocol) return false;
  if (api.hostname === docs.hostname) return true;
  const domain = findDomain(api.hostname);
  return domain !== null && domain === findDomain(docs.hostname);
}

async function loadDomains(): Promise<typeof Tldts> {
  try {
    return await import('tldts');
  } catch (cause) {
    throw missingPackageError('tldts', 'apiUrl', cause);
  }
}
