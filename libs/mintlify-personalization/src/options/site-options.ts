import type {
  ClaimsOptions,
  DocsSiteOptions,
  SigningKey,
  SigningKeyFunction,
} from '../ports/docs-site-options.js';
import type { DocsMode } from '../ports/docs-site.js';
import { checkApiUrl } from './api-url.js';
import { DISCOVERY_OPTION } from './discovery-settings.js';
import { checkOrigins } from './docs-origins.js';
import { parseDocsUrl } from './docs-url.js';
import { invalidOptionError } from './invalid-option-error.js';
import { checkLoginUrl } from './login-url.js';
import { integerInRange, optionalBoolean, optionalString } from './option-checks.js';
import {
  namesOf,
  resolveRead,
  resolveTable,
  type OptionRule,
  type OptionTable,
  type ResolvedTable,
} from './option-table.js';

/** @internal What the rules of a docs site's options need to know about other options. */
export interface SiteContext {
  /** How far ahead `expiresAt` may lie. */
  readonly maxSessionSeconds: number;
}

const CLAIMS = {
  iat: optionalBoolean(true),
  jti: optionalBoolean(false),
  aud: optionalBoolean(false),
} as const satisfies OptionTable<keyof ClaimsOptions, unknown>;

/** One row: how an option of a docs site is checked, when it is needed, and whether tenants inherit it. */
interface SiteOptionRule<Value = unknown> extends OptionRule<Value, SiteContext> {
  /**
   * `key`: decides on the signing key; tenants with the same values share it. `request`: needed for each request, so each
   * tenant has it. `setup`: only needed to create the tenant.
   */
  readonly purpose: 'key' | 'request' | 'setup';
  /** A tenant that sets the option named here does not inherit this one. */
  readonly belongsTo?: keyof DocsSiteOptions;
}

/** @internal Two weeks. */
export const DEFAULT_SESSION_LIFETIME_SECONDS = 1_209_600;
/** @internal Characters: proxies and servers stop at 8 KB or more. */
export const DEFAULT_MAX_REDIRECT_URL_LENGTH = 7_168;

/**
 * The options of a docs site: the one place to add one, beside its doc comment in {@link DocsSiteOptions}.
 *
 * @internal
 */
export const SITE_OPTIONS = {
  docsUrl: { purpose: 'setup', check: (_, value) => parseDocsUrl(value) },
  mode: { purpose: 'key', defaultValue: 'personalization', check: checkMode },
  // Checked when the key is imported.
  signingKey: {
    purpose: 'key',
    check: (_, value): SigningKey | SigningKeyFunction | undefined => value as SigningKey | undefined,
  },
  signingKeyMaxAgeSeconds: {
    purpose: 'key',
    ...integerInRange({ min: 1, max: 86_400, defaultValue: 300 }),
  },
  // The keyId of the default docs site names its own key.
  keyId: { purpose: 'key', belongsTo: 'signingKey', ...optionalString() },
  tokenLifetimeSeconds: { purpose: 'request', ...integerInRange({ min: 1, max: 10, defaultValue: 10 }) },
  sessionLifetimeSeconds: {
    purpose: 'setup',
    ...integerInRange<SiteContext>({
      min: 1,
      max: ({ maxSessionSeconds }) => maxSessionSeconds,
      maxName: 'userLimits.maxExpiresInDays',
      defaultValue: ({ maxSessionSeconds }) => Math.min(DEFAULT_SESSION_LIFETIME_SECONDS, maxSessionSeconds),
    }),
  },
  claims: {
    purpose: 'request',
    check: (option, value = {}) => resolveTable(option, value, CLAIMS, undefined),
  },
  additionalDocsOrigins: {
    purpose: 'setup',
    defaultValue: Object.freeze<string[]>([]),
    check: (_, value) => checkOrigins('additionalDocsOrigins', value, 'https://preview.foo.com'),
  },
  apiUrl: { purpose: 'setup', check: (_, value) => checkApiUrl(value) },
  loginUrl: { purpose: 'request', check: (_, value) => checkLoginUrl(value) },
  returnToParameter: { purpose: 'request', ...optionalString('returnTo') },
  // Another docs site has another domain, and a visitor must not search those of the default one.
  discovery: { purpose: 'request', belongsTo: 'docsUrl', ...DISCOVERY_OPTION },
} as const satisfies Readonly<Record<keyof DocsSiteOptions, SiteOptionRule>>;

type SiteOptionsTable = typeof SITE_OPTIONS;

/** @internal The options of one docs site, checked, with all defaults filled in. Frozen. */
export interface ResolvedSiteOptions extends Omit<ResolvedTable<SiteOptionsTable>, 'docsUrl'> {
  /** The parts of `docsUrl`. */
  readonly docs: ResolvedTable<SiteOptionsTable>['docsUrl'];
}

type NamesFor<Purpose extends SiteOptionRule['purpose']> = {
  [Name in keyof SiteOptionsTable]: SiteOptionsTable[Name]['purpose'] extends Purpose ? Name : never;
}[keyof SiteOptionsTable];

/** @internal The options of a docs site that are needed for each request. */
export type RequestOptions = Pick<ResolvedSiteOptions, NamesFor<'request'>>;

/** @internal The options that decide on the signing key: if they are equal, so is the key. */
export const KEY_OPTIONS = namesFor('key');
const REQUEST_OPTIONS = namesFor('request');

/** @internal Picks the options that are needed for each request. */
export function pickRequestOptions(site: ResolvedSiteOptions): RequestOptions {
  return Object.fromEntries(REQUEST_OPTIONS.map((name) => [name, site[name]])) as unknown as RequestOptions;
}

/**
 * Checks the options of one docs site and fills in the defaults.
 *
 * @internal
 * @param given from `readOptions`; may have other options, too
 * @returns frozen
 * @throws MintlifyPersonalizationError `invalid_option`, naming the option and how to fix it
 */
export function resolveSiteOptions(
  given: Readonly<Record<string, unknown>>,
  context: SiteContext,
): ResolvedSiteOptions {
  const { docsUrl: docs, ...site } = resolveRead('', given, SITE_OPTIONS, context);
  assertModeFits(site.mode, docs.basePath);
  assertKeyIdFits(site);
  return Object.freeze({ docs, ...site });
}

/**
 * The options of a tenant: its own, and those of the default docs site for what it does not set, each as a whole.
 *
 * @internal
 */
export function inheritDefaults(
  own: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = namesOf(SITE_OPTIONS).map((name) => {
    const { belongsTo }: SiteOptionRule = SITE_OPTIONS[name];
    const isOverridden = belongsTo !== undefined && own[belongsTo] !== undefined;
    const inherited = isOverridden ? undefined : defaults[name];
    return [name, own[name] === undefined ? inherited : own[name]];
  });
  return Object.fromEntries(merged) as Record<string, unknown>;
}

function namesFor<Purpose extends SiteOptionRule['purpose']>(purpose: Purpose): NamesFor<Purpose>[] {
  return namesOf(SITE_OPTIONS).filter(
    (name): name is NamesFor<Purpose> => SITE_OPTIONS[name].purpose === purpose,
  );
}

function checkMode(option: string, mode: unknown): DocsMode {
  if (mode === 'personalization' || mode === 'authentication') return mode;
  throw invalidOptionError(
    option,
    "must be 'personalization' (public docs) or 'authentication' (private docs)",
    "Leave it out for 'personalization'.",
  );
}

function assertModeFits(mode: DocsMode, basePath: string): void {
  if (mode !== 'authentication' || basePath === '') return;
  throw invalidOptionError(
    'docsUrl',
    `has the base path ${basePath}, which mode 'authentication' does not support`,
    'Move the private docs to their own origin, for example "https://docs.foo.com".',
  );
}

/** A fixed `keyId` would be used for all keys that the function returns. */
function assertKeyIdFits({ keyId, signingKey }: Pick<ResolvedSiteOptions, 'keyId' | 'signingKey'>): void {
  if (keyId === undefined || typeof signingKey !== 'function') return;
  throw invalidOptionError(
    'keyId',
    'cannot be combined with a signingKey function, whose keys change',
    'Leave keyId out, and let the function return JWKs with a "kid", or a TokenSigner with a keyId.',
  );
}
