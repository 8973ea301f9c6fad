import type { OAuthHandshake } from '../shared/handshake-types.js';
import { beginAuthorization } from './oauth-flow.js';
import { StoredSession } from './stored-session.js';
import { UNEXPECTED_TOKEN } from './leaked-token.js';

/**
 * The session of docs whose visitors log in at an authorization server (handshakes.md, section 5). The callback page
 * brings the visitor; the pages show whom the browser has kept.
 *
 * @example
 * const session = new OAuthSession(handshake, '/docs');
 * await session.start(undefined);
 */
export class OAuthSession extends StoredSession {
  constructor(
    private readonly handshake: OAuthHandshake,
    private readonly basePath: string,
  ) {
    super();
  }

  override start(token: string | undefined): Promise<void> {
    this.load();
    this.watch();
    return token === undefined ? Promise.resolve() : this.accept();
  }

  /** Refuses a token that came to a page. */
  override accept(): Promise<void> {
    this.show({ ...this.current(), alert: UNEXPECTED_TOKEN });
    return Promise.resolve();
  }

  /** Goes to the authorization server, and notes the page to come back to. */
  override logIn(): void {
    const returnTo = location.pathname + location.search + location.hash;
    beginAuthorization(this.handshake, this.basePath, returnTo).then(
      (address) => location.assign(address),
      () => this.show({ ...this.current(), alert: WEB_CRYPTO_MISSING }),
    );
  }
}

const WEB_CRYPTO_MISSING =
  'The browser has no WebCrypto here, which PKCE needs: open the docs at localhost or over https.';
