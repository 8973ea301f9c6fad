import type { CanActivate, ControllerOptions, Type } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { MintlifyPersonalizationError } from '../errors.js';
import { assertKnownKeys } from './known-keys.js';

/** A class or an instance, as in Nest's own `@UseGuards()`. */
export type HandshakeGuard = Type<CanActivate> | CanActivate;

/** Where a handshake is mounted and who may use it. */
interface HandshakeOptions {
  /**
   * The API version of the route, in an app with versioning; `VERSION_NEUTRAL` for none. Default: the app's own
   * default version.
   */
  version?: ControllerOptions['version'];
}

/** Where the JWT handshake is mounted and who may use it. */
export interface JwtHandshakeOptions extends HandshakeOptions {
  /** Below the app's global prefix. Default `'docs-login'`. */
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

type HandshakeName = keyof HandshakesOptions;

/** @internal Injection token of {@link ResolvedHandshakes}. */
export const RESOLVED_HANDSHAKES = Symbol('RESOLVED_HANDSHAKES');

const NAMES = ['jwt', 'sharedSession', 'oauth'] as const satisfies HandshakeName[];
const PATHS: Record<HandshakeName, string> = {
  jwt: 'docs-login',
  sharedSession: 'docs/user-info',
  oauth: 'docs/oauth/user-info',
};

/**
 * Checks the handshakes and fills in their defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveHandshakes(options: HandshakesOptions = {}): ResolvedHandshakes {
  assertKnownKeys('handshakes', options, NAMES);
  const { jwt = {}, sharedSession = false, oauth = false } = options;
  const handshakes = {
    jwt: jwt !== false && resolveHandshake('jwt', jwt, [AuthGuard('jwt')]),
    sharedSession:
      sharedSession !== false &&
      resolveUserInfo('sharedSession', resolveHandshake('sharedSession', sharedSession, [AuthGuard('jwt')])),
    oauth: oauth !== false && resolveUserInfo('oauth', resolveHandshake('oauth', oauth, undefined)),
  };
  assertApart(handshakes);
  return Object.freeze(handshakes);
}

function resolveHandshake(
  name: HandshakeName,
  options: JwtHandshakeOptions | SharedSessionHandshakeOptions | OAuthHandshakeOptions,
  defaultGuards: HandshakeGuard[] | undefined,
): ResolvedHandshake {
  assertKnownKeys(`handshakes.${name}`, options, ['path', 'guards', 'version']);
  const { path = PATHS[name], guards = defaultGuards, version } = options;
  if (typeof path !== 'string' || !/[^/\s]/.test(path)) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `handshakes.${name}.path is empty. Give the path of the route, for example "${PATHS[name]}".`,
    );
  }
  if (guards !== undefined && (!Array.isArray(guards) || !guards.every(isGuard))) {
    const byDefault = name === 'oauth' ? '[OAuthAccessTokenGuard]' : "[AuthGuard('jwt')]";
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `handshakes.${name}.guards must be a list of guards: classes or objects with canActivate. ` +
        `Leave it out for ${byDefault}, or name a guard of your own.`,
    );
  }
  return Object.freeze({ path, guards: guards && [...guards], version });
}

/** Preflights are answered before the app's router sees them, so the path must be one that is easily told. */
function resolveUserInfo(name: HandshakeName, handshake: ResolvedHandshake): ResolvedHandshake {
  if (/^\/?(?::?[\w.~-]+\/)*:?[\w.~-]+\/?$/.test(handshake.path)) return handshake;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `handshakes.${name}.path must be of plain segments or parameters, for example "${PATHS[name]}" or ` +
      `":tenant/${PATHS[name]}".`,
  );
}

function assertApart(handshakes: ResolvedHandshakes): void {
  const seen = new Map<string, string>();
  for (const name of NAMES) {
    const handshake = handshakes[name];
    if (handshake === false) continue;
    const path = handshake.path.replace(/^\/+|\/+$/g, '').toLowerCase();
    const other = seen.get(path);
    if (other !== undefined) {
      throw new MintlifyPersonalizationError(
        'invalid_option',
        `handshakes.${other}.path and handshakes.${name}.path are the same. Give each a path of its own.`,
      );
    }
    seen.set(path, name);
  }
}

function isGuard(guard: unknown): boolean {
  return typeof guard === 'function' || typeof (guard as CanActivate | undefined)?.canActivate === 'function';
}
