import type { DocsSite } from '../ports/docs-site.js';
import { resolveRedirectTarget } from '../redirect/redirect-target.js';
import type { TenantSettings } from '../tenancy/tenant.js';
import { readPath, readRedirectParameters, type HandshakeRequest } from './handshake-request.js';

/** Where a relative `loginUrl` is resolved for a moment, to set its query; never sent. */
const ANY_ORIGIN = 'http://localhost';

/**
 * The login page for an anonymous visitor, with the way back in `returnToParameter`: the path of this route
 * with the `redirect` and the `anchor` of the request, unless they are ones that would be refused later.
 *
 * The path comes from the request line. `Host` and `X-Forwarded-*` are not read.
 *
 * @internal
 * @returns `undefined` when there is no `loginUrl`
 */
export function createLoginLocation(
  { loginUrl, returnToParameter }: Pick<TenantSettings, 'loginUrl' | 'returnToParameter'>,
  site: DocsSite,
  request: HandshakeRequest,
): string | undefined {
  if (loginUrl === undefined) return undefined;
  const url = new URL(loginUrl, ANY_ORIGIN);
  url.searchParams.set(returnToParameter, createReturnTo(site, request));
  return loginUrl.startsWith('/') ? url.href.slice(ANY_ORIGIN.length) : url.href;
}

function createReturnTo(site: DocsSite, request: HandshakeRequest): string {
  const parameters = readRedirectParameters(request);
  const query = new URLSearchParams();
  if (resolveRedirectTarget(site, parameters).refused === undefined) {
    for (const [name, values] of Object.entries(parameters)) {
      for (const value of values ?? []) query.set(name, value);
    }
  }
  const text = query.toString();
  return text === '' ? readPath(request) : `${readPath(request)}?${text}`;
}
