import { isAsync } from './handshake-principal.js';
import { invalidOptionError } from './invalid-option-error.js';
import { checkAppOrigins } from './single-page-app.js';

/** @internal The origins whose pages may start a visit as another person, or the function that decides. */
export type ViewAsOrigins = readonly string[] | ((origin: string) => boolean);

/**
 * Checks `handshakes.viewAs.origins`. A function must not be `async`: a promise would be no.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkViewAsOrigins(option: string, value: unknown): ViewAsOrigins {
  if (typeof value !== 'function') return checkAppOrigins(option, value);
  if (!isAsync(value)) return value as (origin: string) => boolean;
  throw invalidOptionError(
    option,
    'is async',
    'Return true or false: a request is checked before anything is loaded.',
  );
}
