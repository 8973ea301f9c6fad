import { assertSecure } from './docs-url.js';
import { invalidOptionError } from './invalid-option-error.js';
import { parseUrl } from './parse-url.js';

/**
 * Checks `loginUrl`: a secure absolute URL, or a path on the app's own origin. Both may have a fragment, since
 * single-page apps may have their routes there: `/#/login`.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkLoginUrl(loginUrl: unknown): string | undefined {
  if (loginUrl === undefined) return undefined;
  if (typeof loginUrl === 'string') {
    if (isOwnPath(loginUrl)) return loginUrl;
    const url = parseUrl(loginUrl);
    if (url !== undefined) {
      assertSecure('loginUrl', url);
      if (url.username === '' && url.password === '') return url.href;
    }
  }
  throw invalidOptionError(
    'loginUrl',
    'must be an absolute URL without credentials, such as "https://foo.com/login", or a path such as "/login" or "/#/login"',
    'Leave it out to answer anonymous visitors with 401.',
  );
}

/** Whether browsers resolve it to a path of the same origin: no `//host`, no `/.//host`, no backslash. */
function isOwnPath(loginUrl: string): boolean {
  if (!/^\/(?!\/)[^\s\\]*$/.test(loginUrl)) return false;
  const { origin, pathname } = new URL(loginUrl, 'http://localhost');
  return origin === 'http://localhost' && !pathname.startsWith('//');
}
