import { resolveScalarHandshake, type ScalarHandshakeOptions } from '../scalar/scalar-options.js';
import {
  resolveTokenClaimsHandshake,
  type ResolvedTokenClaims,
  type TokenClaimsHandshakeOptions,
} from '../token-claims/token-claims-options.js';
import { DECORATORS_OPTION } from './handshake-decorators.js';
import { checkGuards, type HandshakeGuard } from './handshake-guards.js';
import type {
  JwtHandshakeOptions,
  OAuthHandshakeOptions,
  SharedSessionHandshakeOptions,
  ViewAsHandshakeOptions,
} from './handshake-options.js';
import { checkHandshakePath, doPathsOverlap } from './handshake-paths.js';
import { PRINCIPAL_OPTION } from './handshake-principal.js';
import { invalidOptionError } from './invalid-option-error.js';
import { resolveTable, type OptionTable } from './option-table.js';
import { checkVersion, type ResolvedHandshake } from './resolved-handshake.js';
import {
  checkSinglePageApp,
  type ResolvedSinglePageApp,
  type SinglePageAppOptions,
} from './single-page-app.js';
import type { ResolvedWebhook } from './webhook-options.js';
import { checkPageOrigins, type PageOrigins } from './page-origins.js';

export type {
  HandshakeGuard,
  JwtHandshakeOptions,
  OAuthHandshakeOptions,
  SharedSessionHandshakeOptions,
  SinglePageAppOptions,
  ViewAsHandshakeOptions,
};

/** Which handshakes are mounted. A static option: it cannot come from a factory. */
export interface HandshakesOptions {
  /** The JWT handshake, `GET /docs-login`. Use `false` if your app calls the services itself. */
  jwt?: JwtHandshakeOptions | false;
  /** The shared-session handshake, `GET /docs/user-info`. Default `false`. */
  sharedSession?: SharedSessionHandshakeOptions | false;
  /** The OAuth 2.0 handshake, `GET /docs/oauth/user-info`. Default `false`. */
  oauth?: OAuthHandshakeOptions | false;
  /**
   * The route that shows the docs as another person, `POST /docs/view-as`. Needs the option `viewAs`. Default `false`.
   *
   * @example
   * ```ts
   * viewAs: AdministratorsViewAs,
   * handshakes: { viewAs: { guards: [SessionGuard], origins: ['https://app.foo.com'] } },
   * ```
   */
  viewAs?: ViewAsHandshakeOptions | false;
  /**
   * The hook that docs hosted by Scalar ask about their visitors, `POST /docs/scalar-user-info`. Default `false`.
   *
   * @example
   * ```ts
   * handshakes: {
   *   scalar: {
   *     secrets: [process.env.SCALAR_USER_INFO_SECRET],
   *     findPrincipal: (email, { get }) => get(AccountsService).findByEmail(email),
   *   },
   * },
   * ```
   */
  scalar?: ScalarHandshakeOptions | false;
  /**
   * The hook of an OAuth server of another kind than yours, such as Keycloak or Auth0, which asks for the groups of a
   * visitor while it makes a token, `POST /docs/token-claims`. Default `false`.
   */
  tokenClaims?: TokenClaimsHandshakeOptions | false;
}

/** @internal The mounted JWT handshake. */
export interface ResolvedJwtHandshake extends ResolvedHandshake {
  /** `undefined` without the route for single-page apps. */
  readonly singlePageApp: ResolvedSinglePageApp | undefined;
}

/** @internal The mounted route of views as another person. */
export interface ResolvedViewAsHandshake extends ResolvedHandshake {
  readonly origins: PageOrigins;
}

/** @internal All defaults filled in. */
export interface ResolvedHandshakes {
  readonly jwt: ResolvedJwtHandshake | false;
  readonly sharedSession: ResolvedHandshake | false;
  readonly oauth: ResolvedHandshake | false;
  readonly viewAs: ResolvedViewAsHandshake | false;
  readonly scalar: ResolvedWebhook | false;
  readonly tokenClaims: ResolvedTokenClaims | false;
}

/** @internal The handshakes that the options mount, by their names. */
export function listHandshakes(
  handshakes: ResolvedHandshakes,
): [name: keyof ResolvedHandshakes, handshake: ResolvedHandshake][] {
  const entries = Object.entries(handshakes) as [keyof ResolvedHandshakes, ResolvedHandshake | false][];
  return entries.flatMap(([name, handshake]) => (handshake === false ? [] : [[name, handshake]]));
}

/** @internal Injection token of {@link ResolvedHandshakes}. */
export const RESOLVED_HANDSHAKES = Symbol('RESOLVED_HANDSHAKES');

/** The defaults of a handshake. */
interface HandshakeDefaults {
  readonly path: string;
  readonly isWildcardAllowed: boolean;
  /** The default guards, for messages. */
  readonly guardsText: string;
}

const AUTH_GUARD = { guardsText: "[AuthGuard('jwt')]" };

const JWT = {
  ...createTable({ path: 'docs-login', isWildcardAllowed: true, ...AUTH_GUARD }),
  singlePageApp: { check: checkSinglePageApp },
} as const satisfies OptionTable<keyof JwtHandshakeOptions, unknown>;

const VIEW_AS = {
  ...createTable({ path: 'docs/view-as', isWildcardAllowed: false, ...AUTH_GUARD }),
  origins: { check: checkPageOrigins },
} as const satisfies OptionTable<keyof ViewAsHandshakeOptions, unknown>;

const HANDSHAKES = {
  jwt: {
    check: (option: string, value: unknown = {}): ResolvedJwtHandshake | false =>
      value !== false && resolveTable(option, value, JWT, undefined),
  },
  sharedSession: {
    defaultValue: false,
    check: createCheck({ path: 'docs/user-info', isWildcardAllowed: false, ...AUTH_GUARD }),
  },
  oauth: {
    defaultValue: false,
    check: createCheck({
      path: 'docs/oauth/user-info',
      isWildcardAllowed: false,
      guardsText: '[OAuthAccessTokenGuard]',
    }),
  },
  viewAs: {
    defaultValue: false,
    check: (option: string, value: unknown = {}): ResolvedViewAsHandshake | false =>
      value !== false && resolveTable(option, value, VIEW_AS, undefined),
  },
  scalar: { defaultValue: false, check: resolveScalarHandshake },
  tokenClaims: { defaultValue: false, check: resolveTokenClaimsHandshake },
} as const satisfies OptionTable<keyof HandshakesOptions, unknown>;

/**
 * Checks the handshakes and fills in their defaults.
 *
 * @internal
 * @returns frozen
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveHandshakes(options: unknown = {}): ResolvedHandshakes {
  const handshakes = resolveTable('handshakes', options, HANDSHAKES, undefined);
  assertNoOverlap(handshakes);
  return handshakes;
}

function createCheck(defaults: HandshakeDefaults) {
  const table = createTable(defaults);
  return (option: string, value: unknown = {}): ResolvedHandshake | false =>
    value !== false && resolveTable(option, value, table, undefined);
}

function createTable(defaults: HandshakeDefaults) {
  return {
    path: {
      defaultValue: defaults.path,
      check: (option: string, value: unknown) =>
        checkHandshakePath(option, value, defaults.path, defaults.isWildcardAllowed),
    },
    guards: {
      check: (option: string, value: unknown) =>
        value === undefined ? undefined : checkGuards(option, value, defaults.guardsText),
    },
    version: { check: checkVersion },
    principal: PRINCIPAL_OPTION,
    decorators: DECORATORS_OPTION,
  } as const satisfies OptionTable<keyof SharedSessionHandshakeOptions, unknown>;
}

function assertNoOverlap(handshakes: ResolvedHandshakes): void {
  const seen: { name: string; path: string }[] = [];
  for (const [name, { path }] of listHandshakes(handshakes)) {
    const other = seen.find((each) => doPathsOverlap(each.path, path));
    if (other !== undefined) throw overlapError(other, { name, path });
    seen.push({ name, path });
  }
}

function overlapError(one: { name: string; path: string }, other: { name: string; path: string }): Error {
  return invalidOptionError(
    `handshakes.${one.name}.path ("${one.path}") and handshakes.${other.name}.path ("${other.path}")`,
    'overlap',
    'Use a different path for each.',
  );
}
