import type { Visitor } from '../shared/visitor-types.js';
import { isExpired, VISITOR_STORAGE_KEY, VisitorStore } from '../shared/visitor-store.js';
import { CHECK_INTERVAL_MS, VisitorState } from './visitor-state.js';

/**
 * The session of public docs, which only this browser knows: saves the visitor, logs out, and removes expired
 * data (handshakes.md, section 6). How visitors log in depends on the handshake.
 */
export abstract class StoredSession extends VisitorState {
  private readonly store = new VisitorStore(localStorage, sessionStorage, Date.now);

  /** Logs out, in this browser only. */
  override logOut(): void {
    this.forget();
  }

  /** Loads the stored visitor. */
  protected load(): void {
    this.change({ visitor: this.store.load() });
  }

  /** Saves a visitor who logged in. */
  protected keep(visitor: Visitor): void {
    this.store.save(visitor);
    this.change({ visitor });
  }

  /** @param alert why the login failed. */
  protected forget(alert?: string): void {
    this.store.clear();
    this.change(alert === undefined ? {} : { alert });
  }

  /** Removes expired data, and follows changes in other tabs. */
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
