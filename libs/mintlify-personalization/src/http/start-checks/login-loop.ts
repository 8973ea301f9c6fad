import { invalidOptionError } from '../../options/invalid-option-error.js';
import type { ResolvedSiteOptions } from '../../options/resolved-site-options.js';

/** Where a relative `loginUrl` is resolved for a moment. */
const PLACEHOLDER_ORIGIN = 'http://localhost';

/**
 * Refuses a `loginUrl` that is the route of the JWT handshake itself: an anonymous visitor would be sent there again and
 * again. Of an absolute URL it is known to be of this API only where `apiUrl` says so.
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
    `is the route of the JWT handshake itself (${pathname}), so an anonymous visitor would be redirected without end`,
    'Give the URL of your own login page, or set handshakes.jwt.path to another path.',
  );
}
