import type { OAuthHandshake } from '../shared/handshake-types.js';
import { beginAuthorization } from './oauth-flow.js';
import { StoredSession } from './stored-session.js';
import { UNEXPECTED_TOKEN } from './leaked-token.js';

/**
 * The session of docs with OAuth login (handshakes.md, section 5). The callback page saves the visitor; the
 * other pages load them.
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

  /** Rejects a token in the URL of a page. */
  override accept(): Promise<void> {
    this.show({ ...this.current(), alert: UNEXPECTED_TOKEN });
    return Promise.resolve();
  }

  /** Redirects to the authorization server, and stores the page to return to. */
  override logIn(): void {
    const returnTo = location.pathname + location.search + location.hash;
    beginAuthorization(this.handshake, this.basePath, returnTo).then(
      (address) => location.assign(address),
      () => this.show({ ...this.current(), alert: WEB_CRYPTO_MISSING }),
    );
  }
}

const WEB_CRYPTO_MISSING =
  'PKCE needs WebCrypto, which the browser does not offer here. Open the docs on localhost or over https.';
