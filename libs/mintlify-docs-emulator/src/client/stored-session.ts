import type { Visitor } from '../shared/visitor-types.js';
import { isExpired, VISITOR_STORAGE_KEY, VisitorStore } from '../shared/visitor-store.js';
import { CHECK_INTERVAL_MS, VisitorState } from './visitor-state.js';

/**
 * A visitor's session with public docs, which this browser alone knows of: keeps the visitor, logs out, and drops the data
 * when it expires (handshakes.md, section 6). How the visitor comes is for the handshakes to say.
 */
export abstract class StoredSession extends VisitorState {
  private readonly store = new VisitorStore(localStorage, sessionStorage, Date.now);

  /** Forgets the visitor, in this browser alone: no server has to know. */
  override logOut(): void {
    this.forget();
  }

  /** Takes over what the browser has kept. */
  protected load(): void {
    this.change({ visitor: this.store.load() });
  }

  /** Keeps a visitor who has come. */
  protected keep(visitor: Visitor): void {
    this.store.save(visitor);
    this.change({ visitor });
  }

  /** @param alert why nobody is known, in words. */
  protected forget(alert?: string): void {
    this.store.clear();
    this.change(alert === undefined ? {} : { alert });
  }

  /** Drops the data when it expires, and follows the docs' other tabs. */
  protected watch(): void {
    setInterval(() => this.dropExpired(), CHECK_INTERVAL_MS);
    addEventListener('visibilitychange', () => this.dropExpired());
    addEventListener('storage', ({ key }) => {
      if (key === null || key === VISITOR_STORAGE_KEY) this.load();
    });
  }

  private dropExpired(): void {
    const { visitor } = this.current();
    if (visitor && isExpired(visitor, Date.now())) this.forget();
  }
}
