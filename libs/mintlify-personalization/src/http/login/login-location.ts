import type { DocsSite } from '../../ports/docs-site.js';
import { addReturnTo } from '../../redirect/login-location.js';
import { escapesBasePath } from '../../redirect/path-escape.js';
import { resolveRedirectTarget, type RedirectRefusal } from '../../redirect/redirect-target.js';
import type { TenantSettings } from '../../tenancy/tenant.js';
import { readPath, readRedirectParameters, type HandshakeRequest } from '../handshake-request.js';
import { LOGIN_ATTEMPT_PARAMETER } from './login-attempts.js';

/** @internal The login page for an anonymous visitor. */
export interface LoginLocation {
  readonly location: string;
  /** Why it does not contain the requested page. */
  readonly refused: RedirectRefusal | undefined;
}

/**
 * The login page for an anonymous visitor, with the return path in `returnToParameter`: the path of this route with
 * `redirect` and `anchor` of the request, unless they would be refused later, and the number of this attempt.
 *
 * The path comes from the request line; `Host` and `X-Forwarded-*` are not read. If the path could be read as another
 * host, or the URL would be too long, the return path is left out.
 *
 * @internal
 * @param attempt how often the visitor has been sent there, with this time
 * @param maxLength characters of the whole URL
 * @returns `undefined` without `loginUrl`
 */
export function createLoginLocation(
  { loginUrl, returnToParameter }: Pick<TenantSettings, 'loginUrl' | 'returnToParameter'>,
  site: DocsSite,
  request: HandshakeRequest,
  attempt: number,
  maxLength: number,
): LoginLocation | undefined {
  if (loginUrl === undefined) return undefined;
  const path = readPath(request);
  if (escapesBasePath(path, '')) return { location: loginUrl, refused: 'ambiguous_path' };
  const { query, refused } = readQuery(site, request);
  const marker: [string, string] = [LOGIN_ATTEMPT_PARAMETER, String(attempt)];
  const whole = new URLSearchParams([...query, marker]).toString();
  const location = addReturnTo(loginUrl, returnToParameter, `${path}?${whole}`);
  if (location.length <= maxLength) return { location, refused };
  const shorter = addReturnTo(loginUrl, returnToParameter, `${path}?${marker.join('=')}`);
  return { location: shorter.length <= maxLength ? shorter : loginUrl, refused: 'too_long' };
}

function readQuery(
  site: DocsSite,
  request: HandshakeRequest,
): { readonly query: URLSearchParams; readonly refused: RedirectRefusal | undefined } {
  const parameters = readRedirectParameters(request);
  const { refused } = resolveRedirectTarget(site, parameters);
  const query = new URLSearchParams();
  if (refused !== undefined) return { query, refused };
  for (const [name, values] of Object.entries(parameters)) {
    for (const value of values ?? []) query.set(name, value);
  }
  return { query, refused };
}
