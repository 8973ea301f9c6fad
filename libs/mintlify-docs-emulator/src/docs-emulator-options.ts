import type { PublicKeySource } from './keys/public-key-source.js';
import type { PublicKeyInput } from './keys/public-key-parser.js';
import type { DocsMode } from './shared/docs-mode.js';
import type { DocsHandshake } from './shared/handshake-types.js';
import type { LoginUrlSource, NamedLoginUrl } from './shared/login-url-types.js';
import type { Visitor } from './shared/visitor-types.js';

/**
 * The options of a docs emulator.
 *
 * @example
 * const options: DocsEmulatorOptions = { publicKeys: [publicPem], loginUrl: 'http://localhost:3000/docs-login' };
 * @example
 * const writing: DocsEmulatorOptions = { directory: 'docs', visitors: { anonymous: null, admin: { groups: ['admin'] } } };
 * @example
 * const shared: DocsEmulatorOptions = {
 *   handshake: { type: 'shared-session', infoApiUrl: 'http://localhost:3000/docs/user-info' },
 *   loginUrl: 'http://localhost:3000/login',
 * };
 * @example
 * const internal: DocsEmulatorOptions = {
 *   mode: 'authentication',
 *   directory: PRIVATE_SAMPLE_DIRECTORY,
 *   publicKeys: () => keyStore.currentPublicKeys(),
 *   loginUrls: [
 *     { name: 'Staff', url: 'http://localhost:3000/docs-login' },
 *     { name: 'Partners', url: 'http://localhost:3000/partners/docs-login' },
 *   ],
 * };
 */
export interface DocsEmulatorOptions {
  /**
   * `personalization` (default): public docs, tokens signed with ES256. `authentication`: private docs, tokens
   * signed with EdDSA.
   */
  mode?: DocsMode;
  /** TCP port, 0 to 65535; 0 picks a free one. Default 3001. */
  port?: number;
  /**
   * The interface to listen on. Default `localhost`: only this machine, on both loopback addresses, so that
   * http://localhost:PORT works in every browser. `0.0.0.0` serves the docs to the whole network.
   */
  host?: string;
  /**
   * The origin where browsers reach the docs, such as `https://docs.foo.test`, if it is not `http://HOST:PORT`:
   * behind a proxy, for example. In authentication, a token's `host` must be its host name. A request cannot
   * change it.
   */
  publicUrl?: string;
  /**
   * Folder with docs.json and MDX pages. Default: a small sample site, "Acme Cloud", or in authentication
   * "Initech internal docs" ({@link PRIVATE_SAMPLE_DIRECTORY}).
   */
  directory?: string;
  /**
   * The path of the docs, such as `/docs`. Default `''`: the root. Private docs cannot have a base path.
   */
  basePath?: string;
  /**
   * Required for JWT: at least one public key to verify tokens with, P-256 in personalization, Ed25519 in
   * authentication. Pass several keys during rotation. A function is called at start and again for each token, so
   * new keys work without a restart.
   */
  publicKeys?: PublicKeyInput[] | PublicKeySource;
  /**
   * Shows the docs without a login, as one of these visitors; the page has a menu to switch. `null` is a visitor who
   * is not logged in. The first one is the default. For docs writers: no key, login URL or handshake is needed, and
   * none may be set.
   */
  visitors?: Record<string, Visitor | null>;
  /**
   * Shows the docs as a preview deployment does: pages are listed whatever their `groups` are, and hidden ones are not.
   * What a visitor may read stays the same. Default false.
   */
  preview?: boolean;
  /**
   * Other origins that pages may load from: frames, scripts, styles, fonts and requests. Each is an origin such as
   * `https://www.youtube.com`. Default: none, so that the docs reach no other host. Pictures and videos need no entry.
   */
  allowOrigins?: string[];
  /**
   * Called with what is wrong with a page, in one line, when the page is shown: an icon that does not exist, an import
   * that fails. Each kind once. Default: nothing happens.
   */
  onWarning?: (warning: string) => void;
  /**
   * Loads open pages again when a file of the folder changes. Default false; the command line sets it. A page that
   * listens keeps a connection open.
   */
  watch?: boolean;
  /**
   * How the docs find out who the visitor is. Default `{ type: 'jwt' }`, the only one in authentication.
   * `shared-session` calls the Info API with the visitor's cookie. `oauth` runs the authorization code flow with
   * PKCE. Both run in the browser, so the API must allow the docs' origin (CORS).
   */
  handshake?: DocsHandshake;
  /**
   * Where a login begins: an absolute http or https URL. If your backend starts after the docs, pass a function
   * that returns the URL; it is called at each request that needs it. Set this or `loginUrls`; neither with
   * OAuth.
   */
  loginUrl?: string | LoginUrlSource;
  /**
   * Serves Mintlify's discovery API at `/discovery`, beside the docs: search, pages, and an assistant that answers with
   * what the search finds. For apps with search and assistant, without a Mintlify account. Default: off.
   */
  discovery?: DiscoveryAccess;
  /** Authentication only: one to ten login URLs. With two or more, the visitor chooses one. */
  loginUrls?: NamedLoginUrl[];
}

/** Who may call the discovery API of a docs emulator (handshakes.md, section 9). */
export interface DiscoveryAccess {
  /** The domain identifier that the path of a request must name. */
  domain: string;
  /** The key that a request must have: `mint_dsc_` and at least eight more characters. */
  apiKey: string;
}
