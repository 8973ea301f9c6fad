import type { Visitor } from '../shared/visitor-types.js';
import { setUser } from './page-runtime.js';

/** The visitor and the notice about a refused token, as the page shows them. */
export interface SessionState {
  /** Absent: anonymous. */
  visitor?: Visitor;
  /** Why the last token was refused. */
  alert?: string;
}

/** How often a session looks whether it is over, in milliseconds. */
export const CHECK_INTERVAL_MS = 1000;

/**
 * Who the visitor of this page is, for the page itself and for other scripts: `window.mintlify.user` is the
 * visitor's `content`, or `null` for an anonymous one, and each `mintlify:user` event carries the same as its
 * `detail` (handshakes.md, sections 1 and 6). How a session begins and ends is for its two kinds to say.
 *
 * @example
 * const state = useSyncExternalStore(session.subscribe, session.current);
 */
export abstract class VisitorState {
  private state: SessionState = {};
  private readonly listeners = new Set<() => void>();

  /** Begins with the token that the visitor came with, if any. */
  abstract start(token: string | undefined): Promise<void>;

  /** Takes a token that came while the page was open. */
  abstract accept(token: string): Promise<void>;

  /** Forgets the visitor. */
  abstract logOut(): void;

  /** Called when the visitor asks to log in, before anything else happens. */
  logIn(): void {}

  /** Takes the notice about a refused token away. */
  dismissAlert(): void {
    this.show({ visitor: this.state.visitor });
  }

  /** The state, the same object until it changes. */
  readonly current = (): SessionState => this.state;

  /** Calls back at each change. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes who the visitor is, and tells everybody. */
  protected change(state: SessionState): void {
    this.state = state;
    const user = state.visitor ? (state.visitor.content ?? {}) : null;
    setUser(user ?? {});
    window.mintlify = { ...window.mintlify, user };
    dispatchEvent(new CustomEvent('mintlify:user', { detail: user }));
    this.notify();
  }

  /** Changes what the page shows of the same visitor. */
  protected show(state: SessionState): void {
    this.state = state;
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

declare global {
  interface Window {
    mintlify?: { user?: Record<string, unknown> | null };
  }
}
