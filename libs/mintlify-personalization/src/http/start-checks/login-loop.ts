import { invalidOptionError } from '../../options/invalid-option-error.js';
import type { ResolvedSiteOptions } from '../../options/site-options.js';

/** The base for parsing a relative `loginUrl`. */
const PLACEHOLDER_ORIGIN = 'http://localhost';

/**
 * Throws if `loginUrl` is the route of the JWT handshake itself: anonymous visitors would be redirected forever. An
 * absolute URL is only known to be this API if it has the origin of `apiUrl`.
 *
 * @internal
 * @param isLoginPath whether the handshake is mounted at a path
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertNoLoginLoop(
  { loginUrl, apiUrl }: Pick<ResolvedSiteOptions, 'loginUrl' | 'apiUrl'>,
  isLoginPath: (path: string) => boolean,
): void {
  if (loginUrl === undefined) return;
  const { origin, pathname } = new URL(loginUrl, PLACEHOLDER_ORIGIN);
  const isOwn = loginUrl.startsWith('/') || origin === apiUrl;
  if (!isOwn || !isLoginPath(pathname)) return;
  throw invalidOptionError(
    'loginUrl',
    `is the route of the JWT handshake itself (${pathname}), so anonymous visitors would be redirected forever`,
    'Set it to the URL of your own login page, or set handshakes.jwt.path to another path.',
  );
}
