import { isSerializedOrigin } from './docs-origins.js';
import { isAsync } from './handshake-principal.js';
import { invalidOptionError } from './invalid-option-error.js';
import { checkAppOrigins } from './single-page-app.js';

/** @internal The origins of the host's own pages, or the function that decides. */
export type PageOrigins = readonly string[] | ((origin: string) => boolean);

/**
 * Checks the origins of the host's own pages, or the function that decides. It must not be `async`: a promise would be no.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkPageOrigins(option: string, value: unknown): PageOrigins {
  if (typeof value !== 'function') return checkAppOrigins(option, value);
  if (!isAsync(value)) return value as (origin: string) => boolean;
  throw invalidOptionError(
    option,
    'is async',
    'Return true or false: a request is checked before anything is loaded.',
  );
}

/**
 * Decides which pages may use a route with the session of a visitor: origins are compared byte for byte, or the app's
 * function decides. A request without an origin is refused too: a browser sends one with every `POST`.
 *
 * @internal
 * @param origins none by default
 * @returns throws what the function throws
 */
export function createOriginCheck(
  origins: PageOrigins = [],
): (origin: string | undefined) => origin is string {
  const listed: ReadonlySet<string> = new Set(typeof origins === 'function' ? [] : origins);
  const allows: (origin: string) => unknown =
    typeof origins === 'function' ? origins : (origin) => listed.has(origin);
  // Nothing that only looks like a yes: a promise, for example.
  return (origin): origin is string =>
    origin !== undefined && isSerializedOrigin(origin) && allows(origin) === true;
}
