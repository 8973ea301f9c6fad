import { StoredSession } from './stored-session.js';
import { UNEXPECTED_TOKEN } from './leaked-token.js';
import { fetchUserInfo } from './user-info-client.js';

/** Notes that the visitor logged out in this tab, where the session at the API goes on. */
const LOGGED_OUT_KEY = 'mintlify-docs-emulator.logged-out';

/**
 * The session of docs that ask the API with the visitor's cookie, at each page (handshakes.md, section 4). Logging out is
 * for this tab: the session at the API goes on, and is not asked for until the visitor logs in again.
 *
 * @example
 * const session = new SharedSession('http://localhost:3000/docs/user-info');
 * await session.start(undefined);
 */
export class SharedSession extends StoredSession {
  constructor(private readonly infoApiUrl: string) {
    super();
  }

  /** Asks who the visitor is. */
  override async start(token: string | undefined): Promise<void> {
    await this.ask();
    if (token !== undefined) await this.accept();
    this.watch();
    // A page that the browser kept whole, as for its back button, asks anew.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) void this.ask();
    });
  }

  /** Refuses a token that came to a page. */
  override accept(): Promise<void> {
    this.show({ ...this.current(), alert: UNEXPECTED_TOKEN });
    return Promise.resolve();
  }

  /** Forgets the visitor in this tab. */
  override logOut(): void {
    sessionStorage.setItem(LOGGED_OUT_KEY, 'true');
    super.logOut();
  }

  /** Asks again from here on. */
  override logIn(): void {
    sessionStorage.removeItem(LOGGED_OUT_KEY);
  }

  private async ask(): Promise<void> {
    if (sessionStorage.getItem(LOGGED_OUT_KEY) !== null) return this.forget();
    const answer = await fetchUserInfo(this.infoApiUrl);
    if ('visitor' in answer) this.keep(answer.visitor);
    else this.forget('error' in answer ? answer.error : undefined);
  }
}
