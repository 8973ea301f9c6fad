import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { DocsMode } from './docs-site.js';
import type { TokenSigner } from './token-signer.js';

/**
 * A private key: PEM (PKCS#8 or SEC1, also with the escaped line breaks of environment variables), a private JWK as an
 * object or as JSON, or a `KeyObject`. Or a {@link TokenSigner}, if the key is kept elsewhere. The `kid` of a JWK goes
 * into the token's header.
 */
export type SigningKey = string | JsonWebKey | KeyObject | TokenSigner;

/**
 * Returns the current signing key: for keys that rotate. It is called at start, and again for the first visitor after
 * `signingKeyMaxAgeSeconds`. It may take up to ten seconds.
 *
 * If the function returns a {@link TokenSigner}, it must return the same one until the key changes: the library does not
 * close signers.
 *
 * @example
 * ```ts
 * signingKey: () => secrets.get('mintlify/signing-key'),
 * ```
 */
export type SigningKeyFunction = () => SigningKey | Promise<SigningKey>;

/** Which registered claims (RFC 7519, section 4.1) the library adds in addition to `exp`. */
export interface ClaimsOptions {
  /** Issued at. Some verifiers require it. Default `true`. */
  iat?: boolean;
  /** A random id for each token. Default `false`. */
  jti?: boolean;
  /** The origin of the docs site as the audience. Default `false`. */
  aud?: boolean;
}

/** The docs site in Mintlify's discovery API, for `DocsDiscoveryModule` of `nestjs-mintlify-personalization/discovery`. */
export interface DiscoverySettings {
  /** The domain identifier of the docs site: the last part of the URL of its dashboard, such as `acme`. */
  domain: string;
  /** The assistant API key from the dashboard: `mint_dsc_…`. It is only sent to `baseUrl`, and never shown. */
  apiKey: string;
  /**
   * The URL of the API: `https:`, or `http:` on this machine, as for the docs emulator. Default
   * `'https://api.mintlify.com/discovery'`.
   */
  baseUrl?: string;
}

// The check and the default of each option are in `options/site-options.ts`.

/** The options of one docs site. */
export interface DocsSiteOptions {
  /**
   * Origin and base path of the docs site: `https://docs.foo.com`, `https://foo.com/docs`. Visitors are sent nowhere
   * else. Must be `https`, unless the host is loopback, and must not end with a dot. Private docs have no base path.
   */
  docsUrl: string;
  /** Default `'personalization'`. */
  mode?: DocsMode;
  /**
   * The private key: P-256 for `personalization`, Ed25519 for `authentication`. Required if the JWT handshake is
   * mounted.
   */
  signingKey?: SigningKey | SigningKeyFunction;
  /**
   * Whole seconds, 1 to 86,400: how old a key from a {@link SigningKeyFunction} may get before the function is called
   * again. The old key signs until the new one is loaded. Default 300.
   */
  signingKeyMaxAgeSeconds?: number;
  /** `kid` in the token's header (RFC 7515, section 4.1.4). Default: the `kid` of the key, if it has one. */
  keyId?: string;
  /** Whole seconds, 1 to 10. Default 10, the maximum that the docs accept. */
  tokenLifetimeSeconds?: number;
  /**
   * Whole seconds from now: `expiresAt` of users for whom the mapper does not set it. Default 1,209,600 (two weeks), but
   * not more than `userLimits.maxExpiresInDays`.
   */
  sessionLifetimeSeconds?: number;
  /**
   * Which registered claims the token has. Default `{ iat: true }`. If your docs use a port and their verifier compares
   * it, set `aud`: the claim `host` has no port (`spec/handshakes.md`, section 7).
   */
  claims?: ClaimsOptions;
  /**
   * More origins, in addition to that of `docsUrl`, whose pages may call the user-info routes. Write them exactly as a
   * browser sends them: `https://preview.foo.com`. Default `[]`.
   */
  additionalDocsOrigins?: string[];
  /**
   * The URL at which browsers reach this API. If the shared-session handshake is mounted, the app then only starts if
   * API and docs are same-site; otherwise browsers would send no cookies. Needs the package `tldts`. Default: no check.
   * Use `false` for a tenant that does not use the handshake.
   */
  apiUrl?: string | false;
  /**
   * Your login page, to which anonymous visitors are sent: an `https` URL (`http` on loopback), or a path such as
   * `/login`. If its fragment is a route of a single-page app (`/#/login`, `https://app.foo.com/#/login`), the return
   * path goes into the query of that route. It must not be the route of the handshake itself. Default: none; anonymous
   * visitors get 401.
   */
  loginUrl?: string;
  /** The query parameter of `loginUrl` with the return path. Default `'returnTo'`. */
  returnToParameter?: string;
  /**
   * The docs site in Mintlify's discovery API. Needed if the app imports `DocsDiscoveryModule`. Default: none. A tenant with
   * its own `docsUrl` does not inherit it.
   *
   * @example
   * ```ts
   * discovery: { domain: 'acme', apiKey: process.env.MINTLIFY_DISCOVERY_KEY },
   * ```
   */
  discovery?: DiscoverySettings;
}

/**
 * The options of a tenant. An option that is left out or `undefined` is inherited from the default docs site, each as a
 * whole. `keyId` belongs to its key: a tenant with its own `signingKey` does not inherit it.
 */
export type TenantOptions = Partial<DocsSiteOptions>;
