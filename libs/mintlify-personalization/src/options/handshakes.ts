import { VERSION_NEUTRAL, type ControllerOptions } from '@nestjs/common';
import { DECORATORS_OPTION } from './handshake-decorators.js';
import { checkGuards, type HandshakeGuard } from './handshake-guards.js';
import { checkHandshakePath, doPathsOverlap } from './handshake-paths.js';
import { PRINCIPAL_OPTION, type ReadPrincipal } from './handshake-principal.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readList } from './option-reader.js';
import { resolveTable, type OptionTable } from './option-table.js';
import {
  checkSinglePageApp,
  type ResolvedSinglePageApp,
  type SinglePageAppOptions,
} from './single-page-app.js';
import { checkViewAsOrigins, type ViewAsOrigins } from './view-as-origins.js';

export type { HandshakeGuard, SinglePageAppOptions };

/** The options that all handshakes share. */
interface HandshakeOptions {
  /**
   * The API version of the route, if your app has versioning: a string, a list of strings, or `VERSION_NEUTRAL`.
   * Default: the default version of your app.
   */
  version?: ControllerOptions['version'];
  /**
   * Reads the principal from the request after the guards, if they do not put it on `request.user`. Default
   * `(request) => request.user`. Return `undefined`, `null` or `false` if no visitor is logged in. It must not be
   * `async`; if it throws, the answer is 500 with the code `principal_failed`.
   *
   * @example
   * ```ts
   * handshakes: { jwt: { guards: [SessionGuard], principal: (request) => request.session.user } }
   * ```
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- the request of any app, with what its guards put on it
  principal?: (request: any) => unknown;
  /**
   * Class decorators for the controller of this route, in the order in which you would write them above a class. Use it to
   * tell a global guard about the route. The guard has to read the metadata of the class: `context.getClass()`. Default:
   * none.
   *
   * @example
   * ```ts
   * handshakes: { jwt: { guards: [SessionGuard], decorators: [Public(), SkipThrottle()] } }
   * ```
   */
  decorators?: ClassDecorator[];
}

/** The path, the guards and the version of the JWT handshake. */
export interface JwtHandshakeOptions extends HandshakeOptions {
  /**
   * The path after your global prefix: plain segments, parameters such as `:tenant`, or a wildcard. Must not overlap with
   * the path of another handshake. Default `'docs-login'`.
   */
  path?: string;
  /**
   * The guards, in this order; they put the principal on `request.user`. Default `[AuthGuard('jwt')]` of
   * `@nestjs/passport`, which needs that package, `passport`, and a strategy named `jwt`. Use an empty list if a global guard does this. A request without a principal is anonymous, even
   * if the guards let it pass.
   */
  guards?: HandshakeGuard[];
  /**
   * For a front end that keeps a bearer token, and has no session cookie: also mounts `POST` at the same path, with the
   * same guards. The app sends `{ redirect, anchor }` as JSON with its `Authorization` header, and gets `{ url }` to go
   * to: `openDocs()` of `nestjs-mintlify-personalization/browser` does both. Cookies are ignored there. Default: not
   * mounted.
   *
   * @example
   * ```ts
   * handshakes: { jwt: { guards: [AuthGuard('jwt')], singlePageApp: { origins: ['https://app.foo.com'] } } }
   * ```
   */
  singlePageApp?: SinglePageAppOptions;
}

/** The path, the guards and the version of the shared-session handshake (`spec/handshakes.md`, section 4). */
export interface SharedSessionHandshakeOptions extends HandshakeOptions {
  /** The path after your global prefix: plain segments, or parameters such as `:tenant`. Default `'docs/user-info'`. */
  path?: string;
  /**
   * The guards of your session, as for {@link JwtHandshakeOptions.guards}. Default `[AuthGuard('jwt')]`. They see no
   * `Authorization` header, since docs pages only send cookies.
   */
  guards?: HandshakeGuard[];
}

/** The path, the guards and the version of the OAuth 2.0 handshake (`spec/handshakes.md`, section 5). */
export interface OAuthHandshakeOptions extends HandshakeOptions {
  /**
   * The path after your global prefix: plain segments, or parameters such as `:tenant`. Default
   * `'docs/oauth/user-info'`.
   */
  path?: string;
  /**
   * The guards, in this order. Default `[OAuthAccessTokenGuard]`, which puts the claims of the access token on
   * `request.user`. A guard after it may replace them by the account of their `sub`. They see no cookies.
   */
  guards?: HandshakeGuard[];
}

/** The path, the guards and the origins of the route that shows the docs as another person. */
export interface ViewAsHandshakeOptions extends HandshakeOptions {
  /**
   * The origins of your pages that may start a visit, exactly as browsers send them: `https://app.foo.com`. A request from
   * any other origin, or without one, gets 403. List the origin of this API too, if its pages do. Required.
   *
   * Or a function that decides, for origins that are not known beforehand: one per tenant, for example. It is called with
   * the valid origin of each request, before the guards. Only `true` means yes, and an error means no. It must be fast: it
   * cannot wait for anything.
   *
   * @example
   * ```ts
   * origins: (origin) => /^https:\/\/[a-z0-9-]+\.app\.foo\.com$/.test(origin),
   * ```
   */
  origins: string[] | ((origin: string) => boolean);
  /** The path after your global prefix: plain segments, or parameters such as `:tenant`. Default `'docs/view-as'`. */
  path?: string;
  /**
   * The guards, in this order, as for {@link JwtHandshakeOptions.guards}: they put the actor on `request.user`. Who may
   * view what is up to the policy of the option `viewAs`. Default `[AuthGuard('jwt')]`.
   */
  guards?: HandshakeGuard[];
}

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
}

/** @internal One mounted handshake, with all defaults filled in. */
export interface ResolvedHandshake {
  readonly path: string;
  /** `undefined` for the default guard of the handshake, which a higher layer knows. */
  readonly guards: HandshakeGuard[] | undefined;
  readonly version: ControllerOptions['version'];
  readonly principal: ReadPrincipal;
  readonly decorators: readonly ClassDecorator[];
}

/** @internal The mounted JWT handshake. */
export interface ResolvedJwtHandshake extends ResolvedHandshake {
  /** `undefined` without the route for single-page apps. */
  readonly singlePageApp: ResolvedSinglePageApp | undefined;
}

/** @internal The mounted route of views as another person. */
export interface ResolvedViewAsHandshake extends ResolvedHandshake {
  readonly origins: ViewAsOrigins;
}

/** @internal All defaults filled in. */
export interface ResolvedHandshakes {
  readonly jwt: ResolvedJwtHandshake | false;
  readonly sharedSession: ResolvedHandshake | false;
  readonly oauth: ResolvedHandshake | false;
  readonly viewAs: ResolvedViewAsHandshake | false;
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
  origins: { check: checkViewAsOrigins },
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

/** What Nest accepts as the version of a controller. An empty list would hide the route. */
function checkVersion(option: string, version: unknown): ControllerOptions['version'] {
  if (version === undefined || isVersion(version)) return version;
  const versions = readList(option, version) ?? [];
  if (versions.length > 0 && versions.every(isVersion)) return versions;
  throw invalidOptionError(
    option,
    'must be a string such as "1", a list of strings, or VERSION_NEUTRAL',
    "Leave it out for the app's default version.",
  );
}

function isVersion(version: unknown): version is string | typeof VERSION_NEUTRAL {
  return version === VERSION_NEUTRAL || (typeof version === 'string' && version.trim() !== '');
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
