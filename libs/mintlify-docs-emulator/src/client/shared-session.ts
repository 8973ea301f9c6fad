import { StoredSession } from './stored-session.js';
import { UNEXPECTED_TOKEN } from './leaked-token.js';
import { fetchUserInfo } from './user-info-client.js';

/** Set after logging out in this tab, while the session at the API continues. */
const LOGGED_OUT_KEY = 'mintlify-docs-emulator.logged-out';

/**
 * The session of docs that call the API with the visitor's cookie on each page (handshakes.md, section 4).
 * Logging out affects only this tab: the session at the API continues, but is not used until the visitor logs
 * in again.
 *
 * @example
 * const session = new SharedSession('http://localhost:3000/docs/user-info');
 * await session.start(undefined);
 */
export class SharedSession extends StoredSession {
  constructor(private readonly infoApiUrl: string) {
    super();
  }

  /** Fetches the user info. */
  override async start(token: string | undefined): Promise<void> {
    await this.ask();
    if (token !== undefined) await this.accept();
    this.watch();
    // A page from the back/forward cache fetches the user info again.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) void this.ask();
    });
  }

  /** Rejects a token in the URL of a page. */
  override accept(): Promise<void> {
    this.show({ ...this.current(), alert: UNEXPECTED_TOKEN });
    return Promise.resolve();
  }

  /** Logs out in this tab. */
  override logOut(): void {
    sessionStorage.setItem(LOGGED_OUT_KEY, 'true');
    super.logOut();
  }

  /** Fetches the user info again from now on. */
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
