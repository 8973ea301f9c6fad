import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { DocsMode } from './docs-site.js';
import type { TokenSigner } from './token-signer.js';

/**
 * A private key in any of the forms it arrives in: PEM text (PKCS#8 or SEC1, also as environment variables
 * leave it), a private JWK as an object or as JSON text, a `KeyObject`; or a {@link TokenSigner} that keeps
 * the key elsewhere. The `kid` of a JWK goes into the token's header.
 */
export type SigningKey = string | JsonWebKey | KeyObject | TokenSigner;

/**
 * Gives the key that signs from now on: for keys that rotate. Called at start, and again when the key is
 * `signingKeyMaxAgeSeconds` old and a visitor comes. It may take ten seconds.
 *
 * A function that gives a {@link TokenSigner} keeps it, and gives the same one until the key changes: the library
 * closes none.
 *
 * @example
 * ```ts
 * signingKey: () => secrets.get('mintlify/signing-key'),
 * ```
 */
export type SigningKeyFunction = () => SigningKey | Promise<SigningKey>;

/** Which of the registered claims (RFC 7519, section 4.1) the library adds beside `exp`. */
export interface ClaimsOptions {
  /** Issued at. Some verifiers require it. Default `true`. */
  iat?: boolean;
  /** A random id for each token. Default `false`. */
  jti?: boolean;
  /** The docs site's origin as audience. Default `false`. */
  aud?: boolean;
}

/** The options of one docs site. */
export interface DocsSiteOptions {
  /**
   * Origin and base path of the docs site: `https://docs.foo.com`, `https://foo.com/docs`. `https`, unless
   * the host is loopback. The only place a visitor is ever sent to. Private docs have no base path. The host does not
   * end with a dot.
   */
  docsUrl: string;
  /** Default `'personalization'`. */
  mode?: DocsMode;
  /**
   * The private key: P-256 for `personalization`, Ed25519 for `authentication`. Required when a JWT handshake
   * is mounted.
   */
  signingKey?: SigningKey | SigningKeyFunction;
  /**
   * Whole seconds, 1 to 86,400: how old a key from a {@link SigningKeyFunction} may be before the function is
   * called again. The old key signs until the new one is there. Default 300.
   */
  signingKeyMaxAgeSeconds?: number;
  /** `kid` in the token's header (RFC 7515, section 4.1.4). Default: the `kid` of the key, where it has one. */
  keyId?: string;
  /** Whole seconds from 1 to 10. Default 10, which is also the most the docs accept. */
  tokenLifetimeSeconds?: number;
  /**
   * `expiresAt` where the mapper sets none: this many whole seconds from now. Default 1,209,600 (two weeks), or
   * less where `userLimits.maxExpiresInDays` is less.
   */
  sessionLifetimeSeconds?: number;
  /**
   * Which of the registered claims the token carries. Default `{ iat: true }`. For docs on a port of their own whose
   * verifier compares host and port, set `aud`: the claim `host` is the name alone (`spec/handshakes.md`, section 7).
   */
  claims?: ClaimsOptions;
  /**
   * Origins beside that of `docsUrl` whose pages may ask who their visitor is, through the shared-session and the
   * OAuth handshake: exactly as a browser sends them, `https://preview.foo.com`. Default `[]`.
   */
  additionalDocsOrigins?: string[];
  /**
   * The URL at which browsers reach this API. With it, the app refuses to start when the shared-session handshake is
   * mounted and API and docs are not same-site, so that cookies would never arrive; it needs the package `tldts`.
   * Default: no such check; `false` for a tenant that does not use the handshake.
   */
  apiUrl?: string | false;
  /**
   * Where an anonymous browser goes to log in: an `https` URL (`http` on loopback), or a path of the same
   * origin such as `/login`. Where its fragment is a route of a single-page app, `/#/login` or
   * `https://app.foo.com/#/login`, the way back goes into the query of that route. Not the route of the handshake itself.
   * Default: none, and an anonymous browser gets 401.
   */
  loginUrl?: string;
  /** The query parameter of `loginUrl` that carries the way back. Default `'returnTo'`. */
  returnToParameter?: string;
}

/**
 * The options of a tenant. What is left out, or `undefined`, is taken from the default docs site, each option as
 * a whole; only `keyId` goes with its key: a tenant with a `signingKey` of its own does not take the default's.
 */
export type TenantOptions = Partial<DocsSiteOptions>;
