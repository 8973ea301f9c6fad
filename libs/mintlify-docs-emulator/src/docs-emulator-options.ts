import type { PublicKeySource } from './keys/public-key-source.js';
import type { PublicKeyInput } from './keys/public-key-parser.js';
import type { DocsMode } from './shared/docs-mode.js';
import type { DocsHandshake } from './shared/handshake-types.js';
import type { LoginUrlSource, NamedLoginUrl } from './shared/login-url-types.js';

/**
 * Settings of a docs emulator.
 *
 * @example
 * const options: DocsEmulatorOptions = { publicKeys: [publicPem], loginUrl: 'http://localhost:3000/docs-login' };
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
   * The interface to listen on. Default `localhost`: this machine alone, on both loopback addresses, so that
   * http://localhost:PORT works in every browser. `0.0.0.0` shows the docs to the whole network.
   */
  host?: string;
  /**
   * The origin at which browsers reach the docs, such as `https://docs.foo.test`, where it differs from
   * `http://HOST:PORT`: behind a proxy, or under a name of the hosts file. In authentication its host name is what
   * a token's `host` must be. Nothing of a request can change it.
   */
  publicUrl?: string;
  /**
   * Folder with docs.json and MDX pages. Default: a small sample site, "Acme Cloud", or in authentication
   * "Initech internal docs" ({@link PRIVATE_SAMPLE_DIRECTORY}).
   */
  directory?: string;
  /**
   * Path under which the docs live, such as `/docs`. Default `''`: at the root. Private docs cannot stand on a
   * base path.
   */
  basePath?: string;
  /**
   * With JWT, required: the public keys that tokens are checked with, at least one: P-256 in personalization, Ed25519 in
   * authentication. A list, because keys rotate; or a function that gives the list, called at start and again
   * for each token, so that a key added while the emulator runs is accepted at once.
   */
  publicKeys?: PublicKeyInput[] | PublicKeySource;
  /**
   * How the docs learn who the visitor is. Default `{ type: 'jwt' }`, which authentication always has.
   * `shared-session` asks the Info API with the visitor's cookie; `oauth` runs the authorization code flow with PKCE.
   * Both run in the browser, so the API must allow the docs' origin (CORS).
   */
  handshake?: DocsHandshake;
  /**
   * Where a login begins: an absolute http or https URL; or a function that gives it, called at each request that needs
   * it, for a backend that starts after the docs do. Give this or `loginUrls`; neither with OAuth.
   */
  loginUrl?: string | LoginUrlSource;
  /** Authentication only: one to ten places where a login may begin. With two or more, the visitor chooses. */
  loginUrls?: NamedLoginUrl[];
}
