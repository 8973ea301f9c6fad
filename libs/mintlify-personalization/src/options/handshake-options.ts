import type { ControllerOptions } from '@nestjs/common';
import type { HandshakeGuard } from './handshake-guards.js';
import type { SinglePageAppOptions } from './single-page-app.js';

/** The options that all handshakes share. */
export interface HandshakeOptions {
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
