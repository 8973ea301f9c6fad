import { MintlifyPersonalizationError } from '../errors.js';
import { resolveAccessTokens, type ResolvedAccessTokens } from './access-tokens.js';
import { resolveAuditOptions, type ResolvedAuditOptions } from './audit.js';
import { assertKnownKeys } from './known-keys.js';
import type { MintlifyPersonalizationConfiguration, UserLimits } from './mintlify-personalization.options.js';
import { wholeNumber } from './option-checks.js';
import { resolveSiteOptions, SITE_OPTIONS, type ResolvedSiteOptions } from './resolved-site-options.js';
import { resolveTenants } from './resolved-tenant-options.js';

/** @internal Every option checked and every default filled in, once, at start. Frozen. */
export interface ResolvedOptions extends ResolvedSiteOptions {
  /** The tenants that are known at start, in full: with what falls back to the default docs site. */
  readonly tenants: ReadonlyMap<string, ResolvedSiteOptions>;
  /** Holds the options that a tenant source gives to the same rules, and lets them fall back likewise. */
  readonly resolveTenant: (tenantId: string, options: unknown) => ResolvedSiteOptions;
  readonly tenantTimeoutMs: number;
  readonly tenantMaxAgeSeconds: number;
  readonly maxCachedTenants: number;
  readonly mapperTimeoutMs: number;
  readonly signerTimeoutMs: number;
  readonly userLimits: ResolvedUserLimits;
  readonly maxRedirectUrlLength: number;
  readonly maxConcurrentHandshakes: number;
  readonly accessTokens: ResolvedAccessTokens | undefined;
  readonly audit: ResolvedAuditOptions;
}

/** @internal */
export type ResolvedUserLimits = Readonly<Required<UserLimits>>;

/** @internal Injection token of {@link ResolvedOptions}. */
export const RESOLVED_OPTIONS = Symbol('RESOLVED_OPTIONS');

/** The limits that hold unless `userLimits` says otherwise: see {@link UserLimits}. */
export const DEFAULT_USER_LIMITS: ResolvedUserLimits = Object.freeze({
  maxGroups: 1_000,
  maxGroupLength: 256,
  maxContentKeys: 100,
  maxDepth: 20,
  maxValues: 5_000,
  maxJsonBytes: 65_536,
  maxExpiresInDays: 400,
});

/** Upper bounds of the limits themselves, where one million is too many. */
const MOST: Partial<Record<keyof UserLimits, number>> = { maxDepth: 100, maxExpiresInDays: 3_650 };

const STATIC_OPTIONS = [
  'handshakes',
  'claimMapper',
  'tenantResolver',
  'tenantSource',
  'auditSink',
  'imports',
  'isGlobal',
];
const KNOWN_OPTIONS: readonly string[] = [
  ...SITE_OPTIONS,
  'tenants',
  'tenantTimeoutMs',
  'tenantMaxAgeSeconds',
  'maxCachedTenants',
  'mapperTimeoutMs',
  'signerTimeoutMs',
  'userLimits',
  'maxRedirectUrlLength',
  'maxConcurrentHandshakes',
  'accessTokens',
  'audit',
];

/**
 * Checks the options and fills in the defaults. The caller's object is not changed.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`, naming the option, the tenant and the mend
 */
export function resolveOptions(options: MintlifyPersonalizationConfiguration): ResolvedOptions {
  assertDynamic(options);
  const userLimits = resolveUserLimits(options.userLimits);
  const longestSession = userLimits.maxExpiresInDays * 86_400;
  const site = resolveSiteOptions(options, longestSession);
  const number = (
    name: 'tenantTimeoutMs' | 'mapperTimeoutMs' | 'signerTimeoutMs',
    value = options[name],
  ): number => wholeNumber(name, value, 2_000, 1, 60_000);
  return Object.freeze({
    ...site,
    ...resolveTenants(options, longestSession),
    tenantTimeoutMs: number('tenantTimeoutMs'),
    tenantMaxAgeSeconds: wholeNumber('tenantMaxAgeSeconds', options.tenantMaxAgeSeconds, 300, 1, 86_400),
    maxCachedTenants: wholeNumber('maxCachedTenants', options.maxCachedTenants, 10_000, 1, 1_000_000),
    mapperTimeoutMs: number('mapperTimeoutMs'),
    signerTimeoutMs: number('signerTimeoutMs'),
    userLimits,
    maxRedirectUrlLength: wholeNumber(
      'maxRedirectUrlLength',
      options.maxRedirectUrlLength,
      7_168,
      256,
      65_536,
    ),
    maxConcurrentHandshakes: wholeNumber(
      'maxConcurrentHandshakes',
      options.maxConcurrentHandshakes,
      1_000,
      1,
      1_000_000,
    ),
    accessTokens: resolveAccessTokens(options.accessTokens),
    audit: resolveAuditOptions(options.audit),
  });
}

/**
 * Refuses, beside `useFactory` and its like, any option that belongs into the factory's result.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertAsyncOptions(options: object): void {
  const misplaced = Object.keys(options).find((key) => KNOWN_OPTIONS.includes(key));
  if (misplaced !== undefined) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${misplaced} stands beside the factory, where it would be ignored. Return it from the factory.`,
    );
  }
  const builtIn = ['useFactory', 'useClass', 'useExisting', 'inject', 'provideInjectionTokensFrom'];
  assertKnownKeys('', options, [...builtIn, ...STATIC_OPTIONS]);
}

function assertDynamic(options: MintlifyPersonalizationConfiguration): void {
  const misplaced = STATIC_OPTIONS.find((key) => Object.hasOwn(Object(options) as object, key));
  if (misplaced !== undefined) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${misplaced} shapes the module itself, so a factory cannot give it. Pass it to forRootAsync() beside the factory.`,
    );
  }
  assertKnownKeys('', options, KNOWN_OPTIONS);
}

function resolveUserLimits(limits: UserLimits = {}): ResolvedUserLimits {
  const names = Object.keys(DEFAULT_USER_LIMITS) as (keyof UserLimits)[];
  assertKnownKeys('userLimits', limits, names);
  return Object.freeze(
    Object.fromEntries(
      names.map((name) => [
        name,
        wholeNumber(
          `userLimits.${name}`,
          limits[name],
          DEFAULT_USER_LIMITS[name],
          1,
          MOST[name] ?? 1_000_000,
        ),
      ]),
    ) as Record<keyof UserLimits, number>,
  );
}
