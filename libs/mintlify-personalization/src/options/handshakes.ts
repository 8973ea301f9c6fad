import { VERSION_NEUTRAL, type ControllerOptions } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { checkGuards, type HandshakeGuard } from './handshake-guards.js';
import { checkHandshakePath, doPathsOverlap } from './handshake-paths.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readList } from './option-reader.js';
import { resolveTable, type OptionTable } from './option-table.js';

export type { HandshakeGuard };

/** Where a handshake is mounted and who may use it. */
interface HandshakeOptions {
  /**
   * The API version of the route, in an app with versioning: a text, a list of texts, or `VERSION_NEUTRAL` for none.
   * Default: the app's own default version.
   */
  version?: ControllerOptions['version'];
}

/** Where the JWT handshake is mounted and who may use it. */
export interface JwtHandshakeOptions extends HandshakeOptions {
  /**
   * Below the app's global prefix: plain segments, parameters such as `:tenant`, or a wildcard. Default `'docs-login'`.
   * No request may fit the paths of two handshakes.
   */
  path?: string;
  /**
   * Run in this order before the handshake; they put the principal on `request.user`. Default
   * `[AuthGuard('jwt')]` of `@nestjs/passport`. An empty list is for apps whose global guard does this: a
   * request without a principal is anonymous, whatever the guards said.
   */
  guards?: HandshakeGuard[];
}

/** Where the shared-session handshake is mounted and who may use it (`spec/handshakes.md`, section 4). */
export interface SharedSessionHandshakeOptions extends HandshakeOptions {
  /** Below the app's global prefix: plain segments, or parameters such as `:tenant`. Default `'docs/user-info'`. */
  path?: string;
  /**
   * The guards of the host's session, as for {@link JwtHandshakeOptions.guards}. Default `[AuthGuard('jwt')]`. They
   * see no `Authorization` header: the docs page sends a cookie and nothing else.
   */
  guards?: HandshakeGuard[];
}

/** Where the OAuth 2.0 handshake is mounted and who may use it (`spec/handshakes.md`, section 5). */
export interface OAuthHandshakeOptions extends HandshakeOptions {
  /** Below the app's global prefix: plain segments, or parameters such as `:tenant`. Default `'docs/oauth/user-info'`. */
  path?: string;
  /**
   * Run in this order before the handshake. Default `[OAuthAccessTokenGuard]`, which puts the claims of the access
   * token on `request.user`; a guard after it may put the account of their `sub` there. They see no cookie.
   */
  guards?: HandshakeGuard[];
}

/** Which handshakes are mounted. Static: known when the module is composed. */
export interface HandshakesOptions {
  /** The JWT handshake, `GET /docs-login`; or `false` for none, in an app that calls the services itself. */
  jwt?: JwtHandshakeOptions | false;
  /** The shared-session handshake, `GET /docs/user-info`. Default `false`: none. */
  sharedSession?: SharedSessionHandshakeOptions | false;
  /** The OAuth 2.0 handshake, `GET /docs/oauth/user-info`. Default `false`: none. */
  oauth?: OAuthHandshakeOptions | false;
}

/** @internal One handshake that is mounted, every default filled in. */
export interface ResolvedHandshake {
  readonly path: string;
  /** `undefined` for the handshake's own guard, which a layer above knows. */
  readonly guards: HandshakeGuard[] | undefined;
  readonly version: ControllerOptions['version'];
}

/** @internal Every default filled in. */
export interface ResolvedHandshakes {
  readonly jwt: ResolvedHandshake | false;
  readonly sharedSession: ResolvedHandshake | false;
  readonly oauth: ResolvedHandshake | false;
}

/** @internal Injection token of {@link ResolvedHandshakes}. */
export const RESOLVED_HANDSHAKES = Symbol('RESOLVED_HANDSHAKES');

/** What a handshake is by default. */
interface HandshakeDefaults {
  readonly path: string;
  readonly isWildcardAllowed: boolean;
  /** Made when it is asked for, since the host app may not use Passport at all. */
  readonly guards: () => HandshakeGuard[] | undefined;
  /** As messages name it. */
  readonly guardsText: string;
}

const createAuthGuards = (): HandshakeGuard[] => [AuthGuard('jwt')];
const AUTH_GUARD = { guards: createAuthGuards, guardsText: "[AuthGuard('jwt')]" };

const HANDSHAKES = {
  jwt: { check: createCheck({ path: 'docs-login', isWildcardAllowed: true, ...AUTH_GUARD }) },
  sharedSession: {
    defaultValue: false,
    check: createCheck({ path: 'docs/user-info', isWildcardAllowed: false, ...AUTH_GUARD }),
  },
  oauth: {
    defaultValue: false,
    check: createCheck({
      path: 'docs/oauth/user-info',
      isWildcardAllowed: false,
      guards: () => undefined,
      guardsText: '[OAuthAccessTokenGuard]',
    }),
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
  const table = {
    path: {
      defaultValue: defaults.path,
      check: (option: string, value: unknown) =>
        checkHandshakePath(option, value, defaults.path, defaults.isWildcardAllowed),
    },
    guards: {
      check: (option: string, value: unknown) =>
        value === undefined ? defaults.guards() : checkGuards(option, value, defaults.guardsText),
    },
    version: { check: checkVersion },
  } as const satisfies OptionTable<keyof JwtHandshakeOptions, unknown>;
  return (option: string, value: unknown = {}): ResolvedHandshake | false =>
    value !== false && resolveTable(option, value, table, undefined);
}

/** What Nest takes for the version of a controller. An empty list would hide the route. */
function checkVersion(option: string, version: unknown): ControllerOptions['version'] {
  if (version === undefined || isVersion(version)) return version;
  const versions = readList(option, version) ?? [];
  if (versions.length > 0 && versions.every(isVersion)) return versions;
  throw invalidOptionError(
    option,
    'must be a text such as "1", a list of texts, or VERSION_NEUTRAL',
    "Leave it out for the app's default version.",
  );
}

function isVersion(version: unknown): version is string | typeof VERSION_NEUTRAL {
  return version === VERSION_NEUTRAL || (typeof version === 'string' && version.trim() !== '');
}

function assertNoOverlap(handshakes: ResolvedHandshakes): void {
  const mounted = Object.entries(handshakes) as [string, ResolvedHandshake | false][];
  const seen: { name: string; path: string }[] = [];
  for (const [name, handshake] of mounted) {
    if (handshake === false) continue;
    const { path } = handshake;
    const other = seen.find((each) => doPathsOverlap(each.path, path));
    if (other !== undefined) throw overlapError(other, { name, path });
    seen.push({ name, path });
  }
}

function overlapError(one: { name: string; path: string }, other: { name: string; path: string }): Error {
  return invalidOptionError(
    `handshakes.${one.name}.path ("${one.path}") and handshakes.${other.name}.path ("${other.path}")`,
    'overlap',
    'Give each a path of its own.',
  );
}
