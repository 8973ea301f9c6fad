import type { CanActivate, ControllerOptions, Type } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { MintlifyPersonalizationError } from '../errors.js';
import { assertKnownKeys } from './known-keys.js';

/** A class or an instance, as in Nest's own `@UseGuards()`. */
export type HandshakeGuard = Type<CanActivate> | CanActivate;

/** Where the JWT handshake is mounted and who may use it. */
export interface JwtHandshakeOptions {
  /** Below the app's global prefix. Default `'docs-login'`. */
  path?: string;
  /**
   * Run in this order before the handshake; they put the principal on `request.user`. Default
   * `[AuthGuard('jwt')]` of `@nestjs/passport`. An empty list is for apps whose global guard does this: a
   * request without a principal is anonymous, whatever the guards said.
   */
  guards?: HandshakeGuard[];
  /**
   * The API version of the route, in an app with versioning; `VERSION_NEUTRAL` for none. Default: the app's own
   * default version.
   */
  version?: ControllerOptions['version'];
}

/** Which handshakes are mounted. Static: known when the module is composed. */
export interface HandshakesOptions {
  /** The JWT handshake, `GET /docs-login`; or `false` for none, in an app that calls the services itself. */
  jwt?: JwtHandshakeOptions | false;
}

/** @internal Every default filled in. */
export interface ResolvedHandshakes {
  readonly jwt:
    | Readonly<Required<Pick<JwtHandshakeOptions, 'path' | 'guards'>> & Pick<JwtHandshakeOptions, 'version'>>
    | false;
}

/** @internal Injection token of {@link ResolvedHandshakes}. */
export const RESOLVED_HANDSHAKES = Symbol('RESOLVED_HANDSHAKES');

/**
 * Checks the handshakes and fills in their defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveHandshakes(options: HandshakesOptions = {}): ResolvedHandshakes {
  assertKnownKeys('handshakes', options, ['jwt']);
  const { jwt = {} } = options;
  if (jwt === false) return Object.freeze({ jwt });
  assertKnownKeys('handshakes.jwt', jwt, ['path', 'guards', 'version']);
  const { path = 'docs-login', guards = [AuthGuard('jwt')], version } = jwt;
  if (typeof path !== 'string' || !/[^/\s]/.test(path)) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      'handshakes.jwt.path is empty. Give the path of the login route, for example "docs-login".',
    );
  }
  if (!Array.isArray(guards) || !guards.every(isGuard)) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      'handshakes.jwt.guards must be a list of guards: classes or objects with canActivate. ' +
        "Leave it out for [AuthGuard('jwt')], or name the guard of your own session.",
    );
  }
  return Object.freeze({ jwt: Object.freeze({ path, guards: [...guards], version }) });
}

function isGuard(guard: unknown): boolean {
  return typeof guard === 'function' || typeof (guard as CanActivate | undefined)?.canActivate === 'function';
}
