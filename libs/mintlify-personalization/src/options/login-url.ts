import { MintlifyPersonalizationError } from '../errors.js';
import { assertSecure } from './docs-url.js';
import { parseUrl } from './parse-url.js';

/**
 * Checks `loginUrl`: an absolute URL that is safe to send a visitor to, or a path of the app's own origin.
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
  throw new MintlifyPersonalizationError(
    'invalid_option',
    'loginUrl must be an absolute URL without credentials, such as "https://foo.com/login", or a path such as "/login". ' +
      'Leave it out to answer anonymous visitors with 401.',
  );
}

/** A path that stays one when a browser resolves it: no `//host`, no `/.//host`, no backslash. */
function isOwnPath(loginUrl: string): boolean {
  if (!/^\/(?!\/)[^\s\\#]*$/.test(loginUrl)) return false;
  const { origin, pathname } = new URL(loginUrl, 'http://localhost');
  return origin === 'http://localhost' && !pathname.startsWith('//');
}
