import { checkOrigins } from './docs-origins.js';
import { invalidOptionError } from './invalid-option-error.js';
import { resolveTable, type OptionTable } from './option-table.js';

/** A single-page app that logs its visitors in to the docs: see {@link JwtHandshakeOptions.singlePageApp}. */
export interface SinglePageAppOptions {
  /**
   * The origins of the app, exactly as browsers send them: `https://app.foo.com`. Pages of other origins get 403. The
   * origin of this API itself need not be listed.
   */
  origins: string[];
}

/** @internal The checked options. */
export interface ResolvedSinglePageApp {
  readonly origins: readonly string[];
}

const SINGLE_PAGE_APP = {
  origins: { check: checkAppOrigins },
} as const satisfies OptionTable<keyof SinglePageAppOptions, unknown>;

/**
 * Checks `handshakes.jwt.singlePageApp`.
 *
 * @internal
 * @returns frozen; `undefined` if it is not set
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkSinglePageApp(option: string, value: unknown): ResolvedSinglePageApp | undefined {
  return value === undefined ? undefined : resolveTable(option, value, SINGLE_PAGE_APP, undefined);
}

/**
 * Checks the origins of the host's own pages.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkAppOrigins(option: string, value: unknown): readonly string[] {
  const origins = checkOrigins(option, value, 'https://app.foo.com');
  if (origins.length > 0) return origins;
  throw invalidOptionError(
    option,
    'is empty',
    'List the origin of your app, for example "https://app.foo.com".',
  );
}
