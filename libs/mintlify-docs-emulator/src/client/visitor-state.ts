import type { Visitor } from '../shared/visitor-types.js';
import { setUser } from './page-runtime.js';

/** The visitor and the login error, as the page shows them. */
export interface SessionState {
  /** Absent if anonymous. */
  visitor?: Visitor;
  /** Why the last login failed. */
  alert?: string;
}

/** How often a session checks whether it has expired, in milliseconds. */
export const CHECK_INTERVAL_MS = 1000;

/**
 * The visitor of this page, for the page and for other scripts. `window.mintlify.user` is the visitor's
 * `content`, or `null` if anonymous; each `mintlify:user` event has the same value as `detail` (handshakes.md,
 * sections 1 and 6). Subclasses start and end sessions.
 *
 * @example
 * const state = useSyncExternalStore(session.subscribe, session.current);
 */
export abstract class VisitorState {
  private state: SessionState = {};
  private readonly listeners = new Set<() => void>();

  /** Starts with the token from the URL, if any. */
  abstract start(token: string | undefined): Promise<void>;

  /** Handles a token that arrived while the page was open. */
  abstract accept(token: string): Promise<void>;

  /** Logs out. */
  abstract logOut(): void;

  /** Called when the visitor clicks "Log in". */
  logIn(): void {}

  /** Dismisses the login error. */
  dismissAlert(): void {
    this.show({ visitor: this.state.visitor });
  }

  /** The state. The object is the same until it changes. */
  readonly current = (): SessionState => this.state;

  /** Calls the listener on each change. Returns a function to unsubscribe. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes the visitor, and notifies all listeners. */
  protected change(state: SessionState): void {
    this.state = state;
    const user = state.visitor ? (state.visitor.content ?? {}) : null;
    setUser(user ?? {});
    window.mintlify = { ...window.mintlify, user };
    dispatchEvent(new CustomEvent('mintlify:user', { detail: user }));
    this.notify();
  }

  /** Changes what the page shows for the same visitor. */
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
