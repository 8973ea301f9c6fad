import { resolveAccessTokens } from './access-tokens.js';
import { resolveAuditOptions } from './audit.js';
import { invalidOptionError } from './invalid-option-error.js';
import type { MintlifyPersonalizationConfiguration } from './mintlify-personalization-options.js';
import { COMPOSITION_OPTIONS } from './module-composition.js';
import { integerInRange } from './option-checks.js';
import { readOption, readOptions } from './option-reader.js';
import { namesOf, resolveRead, resolveRule, type OptionRule, type ResolvedTable } from './option-table.js';
import {
  DEFAULT_MAX_REDIRECT_URL_LENGTH,
  resolveSiteOptions,
  SITE_OPTIONS,
  type ResolvedSiteOptions,
} from './site-options.js';
import { createTenantResolution, resolveTenants, type ResolveTenant } from './tenant-options.js';
import type { DocsSiteOptions } from '../ports/docs-site-options.js';
import { resolvePlaygroundKeys } from './playground-keys.js';
import { resolvePreviewOrigins } from './preview-origins.js';
import { resolveSchemaViolations } from './schema-violations.js';
import { resolveUserLimits } from './user-limits.js';

export { DEFAULT_USER_LIMITS, type ResolvedUserLimits } from './user-limits.js';

/** What the rules of the app's options need to know about other options. */
interface AppContext {
  readonly maxConcurrentHandshakes: number;
}

/** The options that do not belong to a docs site. `tenants` is resolved last, since it depends on the others. */
type AppOption = Exclude<keyof MintlifyPersonalizationConfiguration, keyof DocsSiteOptions | 'tenants'>;

const TIMEOUT = integerInRange({ min: 1, max: 60_000, defaultValue: 2_000 });
const MAX_HANDSHAKES = integerInRange({ min: 1, max: 1_000_000, defaultValue: 1_000 });

/**
 * The options of the app: the one place to add one, beside its doc comment in
 * {@link MintlifyPersonalizationConfiguration}.
 *
 * @internal
 */
export const APP_OPTIONS = {
  tenantTimeoutMs: TIMEOUT,
  tenantMaxAgeSeconds: integerInRange({ min: 1, max: 86_400, defaultValue: 300 }),
  maxCachedTenants: integerInRange({ min: 1, max: 1_000_000, defaultValue: 10_000 }),
  mapperTimeoutMs: TIMEOUT,
  signerTimeoutMs: TIMEOUT,
  userLimits: { check: (_, value) => resolveUserLimits(value) },
  maxRedirectUrlLength: integerInRange({
    min: 256,
    max: 65_536,
    defaultValue: DEFAULT_MAX_REDIRECT_URL_LENGTH,
  }),
  maxConcurrentHandshakes: MAX_HANDSHAKES,
  maxConcurrentHandshakesPerTenant: integerInRange<AppContext>({
    min: 1,
    max: ({ maxConcurrentHandshakes }) => maxConcurrentHandshakes,
    maxName: 'maxConcurrentHandshakes',
    defaultValue: ({ maxConcurrentHandshakes }) => maxConcurrentHandshakes,
  }),
  accessTokens: { check: (_, value) => resolveAccessTokens(value) },
  audit: { check: (_, value) => resolveAuditOptions(value) },
  schemaViolations: { check: resolveSchemaViolations },
  playgroundKeys: { check: (_, value) => resolvePlaygroundKeys(value) },
  previewOrigins: { check: (_, value) => resolvePreviewOrigins(value) },
} as const satisfies Readonly<Record<AppOption, OptionRule<unknown, AppContext>>>;

/** @internal All options, checked once at start, with all defaults filled in. Frozen. */
export interface ResolvedOptions extends ResolvedSiteOptions, ResolvedTable<typeof APP_OPTIONS> {
  /** The tenants that are known at start, including the options that they inherit. */
  readonly tenants: ReadonlyMap<string, ResolvedSiteOptions>;
  /** Applies the same rules and the same inheritance to the options from a tenant source. */
  readonly resolveTenant: ResolveTenant;
}

/** @internal Injection token of {@link ResolvedOptions}. */
export const RESOLVED_OPTIONS = Symbol('RESOLVED_OPTIONS');

/** @internal The names of the options that a factory may give. */
export const CONFIGURATION_OPTIONS = [...namesOf(SITE_OPTIONS), 'tenants', ...namesOf(APP_OPTIONS)] as const;

/**
 * Checks the options and fills in the defaults. Does not change the caller's object.
 *
 * @internal
 * @returns frozen
 * @throws MintlifyPersonalizationError `invalid_option`, naming the option, the tenant and how to fix it
 */
export function resolveOptions(options: MintlifyPersonalizationConfiguration): ResolvedOptions {
  assertDynamic(options);
  const given = readOptions('', options, CONFIGURATION_OPTIONS);
  const maxConcurrentHandshakes = resolveRule(
    'maxConcurrentHandshakes',
    given.maxConcurrentHandshakes,
    MAX_HANDSHAKES,
    undefined,
  );
  const app = resolveRead('', given, APP_OPTIONS, { maxConcurrentHandshakes });
  const context = { maxSessionSeconds: app.userLimits.maxExpiresInDays * 86_400 };
  const resolveTenant = createTenantResolution(given, context);
  return Object.freeze({
    ...resolveSiteOptions(given, context),
    ...app,
    tenants: resolveTenants(given.tenants, resolveTenant),
    resolveTenant,
  });
}

function assertDynamic(options: unknown): void {
  const misplaced = readOption('The options', () =>
    namesOf(COMPOSITION_OPTIONS).find((name) => Object.hasOwn(Object(options) as object, name)),
  );
  if (misplaced === undefined) return;
  throw invalidOptionError(
    misplaced,
    'is a static option, so a factory cannot return it',
    'Pass it to forRootAsync() beside the factory.',
  );
}
