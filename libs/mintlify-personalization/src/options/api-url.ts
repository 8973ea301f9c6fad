import { assertSecure } from './docs-url.js';
import { invalidOptionError } from './invalid-option-error.js';
import { parseUrl } from './parse-url.js';

/**
 * Checks `apiUrl`.
 *
 * @internal
 * @returns its origin; `undefined` if it is not set or `false`
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkApiUrl(apiUrl: unknown): string | undefined {
  if (apiUrl === undefined || apiUrl === false) return undefined;
  const url = typeof apiUrl === 'string' ? parseUrl(apiUrl) : undefined;
  if (url === undefined) {
    throw invalidOptionError(
      'apiUrl',
      'must be an absolute URL, for example "https://api.foo.com"',
      'Leave it out to skip the same-site check.',
    );
  }
  assertSecure('apiUrl', url);
  return url.origin;
}
