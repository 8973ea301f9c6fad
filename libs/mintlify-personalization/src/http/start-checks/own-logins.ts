import { MintlifyPersonalizationError } from '../../errors.js';
import type { OwnLoginRoute } from '../own-login/own-login-routes.js';

/**
 * Throws if a route with `@DocsLogin()` cannot be a docs login.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertOwnLogins(routes: readonly OwnLoginRoute[]): void {
  for (const { name, route } of routes) {
    if (!route.isGet) throw wrongRoute(name, 'does not answer GET: visitors open it as a page. Use @Get()');
    if (route.isRedirect)
      throw wrongRoute(name, 'has @Redirect(), which would send the token twice. Remove it');
  }
}

function wrongRoute(name: string, what: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `${name} has @DocsLogin(), and ${what}.`);
}
