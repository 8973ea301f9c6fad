import { docsPath, LOGIN_PATHS } from '../shared/docs-path.js';
import { isExpired } from '../shared/visitor-store.js';
import type { Visitor } from '../shared/visitor-types.js';
import { endSession } from './session-client.js';
import { LEAKED_TOKEN } from './leaked-token.js';
import { CHECK_INTERVAL_MS, VisitorState } from './visitor-state.js';

/**
 * The session of private docs, which the server keeps. Logging out ends it on the server. When it expires, the
 * page is left.
 *
 * @example
 * const session = new ServerSession('/_emulator/session', pageData.visitor);
 * await session.start(undefined);
 */
export class ServerSession extends VisitorState {
  private isLeaving = false;

  constructor(
    private readonly sessionPath: string,
    private readonly visitor: Visitor | undefined,
  ) {
    super();
  }

  /** Shows the visitor. A token in the URL of a page is rejected. */
  override start(token: string | undefined): Promise<void> {
    this.change({ visitor: this.visitor, ...(token !== undefined && { alert: LEAKED_TOKEN }) });
    setInterval(() => this.leaveWhenExpired(), CHECK_INTERVAL_MS);
    addEventListener('visibilitychange', () => this.leaveWhenExpired());
    return Promise.resolve();
  }

  /** Rejects a token in the URL of a page. */
  override accept(): Promise<void> {
    this.show({ visitor: this.visitor, alert: LEAKED_TOKEN });
    return Promise.resolve();
  }

  /** Ends the session on the server, and leaves the page. */
  override logOut(): void {
    void this.endAndLeave();
  }

  private async endAndLeave(): Promise<void> {
    if (await endSession(this.sessionPath)) return this.leave(LOGIN_PATHS.loggedOut);
    const alert = 'The docs emulator did not respond. You are still logged in.';
    this.show({ visitor: this.visitor, alert });
  }

  private leaveWhenExpired(): void {
    if (!this.visitor || this.isLeaving || !isExpired(this.visitor, Date.now())) return;
    const page = docsPath(location.pathname + location.search + location.hash);
    this.leave(`${LOGIN_PATHS.sessionOver}?redirect=${encodeURIComponent(page)}`);
  }

  private leave(address: string): void {
    this.isLeaving = true;
    this.change({});
    location.replace(address);
  }
}
