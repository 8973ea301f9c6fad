import { MintlifyPersonalizationError } from '../errors.js';
import { parseDocsUrl } from './docs-url.js';
import { assertKnownKeys } from './known-keys.js';
import { checkLoginUrl } from './login-url.js';
import type {
  ClaimsOptions,
  MintlifyPersonalizationConfiguration,
  SigningKey,
  UserLimits,
} from './mintlify-personalization.options.js';

/** @internal Every option checked and every default filled in, once, at start. Frozen. */
export interface ResolvedOptions {
  readonly docs: { readonly origin: string; readonly basePath: string };
  readonly mode: 'personalization';
  readonly signingKey: SigningKey | undefined;
  readonly keyId: string | undefined;
  readonly tokenLifetimeSeconds: number;
  readonly sessionLifetimeSeconds: number;
  readonly claims: Readonly<Required<ClaimsOptions>>;
  readonly loginUrl: string | undefined;
  readonly returnToParameter: string;
  readonly mapperTimeoutMs: number;
  readonly signerTimeoutMs: number;
  readonly userLimits: ResolvedUserLimits;
  readonly maxRedirectUrlLength: number;
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

const STATIC_OPTIONS = ['handshakes', 'claimMapper', 'imports', 'isGlobal'];
const KNOWN_OPTIONS = [
  'docsUrl',
  'mode',
  'signingKey',
  'keyId',
  'tokenLifetimeSeconds',
  'sessionLifetimeSeconds',
  'claims',
  'loginUrl',
  'returnToParameter',
  'mapperTimeoutMs',
  'signerTimeoutMs',
  'userLimits',
  'maxRedirectUrlLength',
];

/**
 * Checks the options and fills in the defaults. The caller's object is not changed.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`, naming the option and the mend
 */
export function resolveOptions(options: MintlifyPersonalizationConfiguration): ResolvedOptions {
  assertDynamic(options);
  const userLimits = resolveUserLimits(options.userLimits);
  const longestSession = userLimits.maxExpiresInDays * 86_400;
  return Object.freeze({
    docs: Object.freeze(parseDocsUrl(options.docsUrl)),
    mode: checkMode(options.mode),
    signingKey: options.signingKey,
    keyId: text('keyId', options.keyId),
    tokenLifetimeSeconds: wholeNumber('tokenLifetimeSeconds', options.tokenLifetimeSeconds, 10, 1, 10),
    sessionLifetimeSeconds: wholeNumber(
      'sessionLifetimeSeconds',
      options.sessionLifetimeSeconds,
      Math.min(1_209_600, longestSession),
      1,
      longestSession,
    ),
    claims: resolveClaims(options.claims),
    loginUrl: checkLoginUrl(options.loginUrl),
    returnToParameter: text('returnToParameter', options.returnToParameter) ?? 'returnTo',
    mapperTimeoutMs: wholeNumber('mapperTimeoutMs', options.mapperTimeoutMs, 2_000, 1, 60_000),
    signerTimeoutMs: wholeNumber('signerTimeoutMs', options.signerTimeoutMs, 2_000, 1, 60_000),
    userLimits,
    maxRedirectUrlLength: wholeNumber(
      'maxRedirectUrlLength',
      options.maxRedirectUrlLength,
      7_168,
      256,
      65_536,
    ),
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

function checkMode(mode: unknown = 'personalization'): 'personalization' {
  if (mode === 'personalization') return mode;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    "mode must be 'personalization', the only one that this version has. Leave it out.",
  );
}

function resolveClaims(claims: ClaimsOptions = {}): Readonly<Required<ClaimsOptions>> {
  assertKnownKeys('claims', claims, ['iat', 'jti', 'aud']);
  for (const [name, value] of Object.entries(claims)) {
    if (typeof value !== 'boolean' && value !== undefined) {
      throw new MintlifyPersonalizationError('invalid_option', `claims.${name} must be true or false.`);
    }
  }
  const { iat = true, jti = false, aud = false } = claims;
  return Object.freeze({ iat, jti, aud });
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

function wholeNumber(option: string, value: unknown, byDefault: number, least: number, most: number): number {
  if (value === undefined) return byDefault;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} must be a whole number from ${least} to ${most}. Leave it out for ${byDefault}.`,
  );
}

function text(option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} must be a text that is not empty. Leave it out for the default.`,
  );
}
