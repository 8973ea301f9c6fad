import { isExpired, VISITOR_STORAGE_KEY, VisitorStore } from '../shared/visitor.store.js';
import { askSession } from './session.client.js';
import { CHECK_EVERY_MS, VisitorState } from './visitor.state.js';

/**
 * The visitor's session with public docs, which this browser alone knows of: takes tokens, keeps the visitor,
 * logs out, and drops the data when it expires.
 *
 * @example
 * const session = new Session('/_emulator/session');
 * await session.start(token);
 */
export class Session extends VisitorState {
  private readonly store = new VisitorStore(localStorage, sessionStorage, Date.now);

  constructor(private readonly sessionPath: string) {
    super();
  }

  /** Takes over the token that the visitor came with, or else what the browser has kept. */
  override async start(token: string | undefined): Promise<void> {
    if (token === undefined) this.change({ visitor: this.store.load() });
    else await this.accept(token);
    setInterval(() => this.dropExpired(), CHECK_EVERY_MS);
    addEventListener('visibilitychange', () => this.dropExpired());
    addEventListener('storage', ({ key }) => {
      if (key === null || key === VISITOR_STORAGE_KEY) this.change({ visitor: this.store.load() });
    });
  }

  /** Sends a token to be checked. A token that is refused leaves the visitor anonymous. */
  override async accept(token: string): Promise<void> {
    const answer = await askSession(this.sessionPath, token);
    if ('visitor' in answer) {
      this.store.save(answer.visitor);
      this.change({ visitor: answer.visitor });
    } else {
      this.store.clear();
      this.change({ alert: answer.refusal.message });
    }
  }

  /** Forgets the visitor, in this browser alone: no server has to know. */
  override logOut(): void {
    this.store.clear();
    this.change({});
  }

  private dropExpired(): void {
    const { visitor } = this.current();
    if (visitor && isExpired(visitor, Date.now())) this.logOut();
  }
}
