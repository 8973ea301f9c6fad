import { isRecord } from '../shared/record.guard.js';
import { isExpired, VISITOR_STORAGE_KEY, VisitorStore } from '../shared/visitor.store.js';
import { readVisitor } from '../shared/visitor.reader.js';
import type { SessionAnswer, Visitor } from '../shared/visitor.types.js';
import { setUser } from './page-runtime.js';

/** The visitor and the notice about a refused token, as the page shows them. */
export interface SessionState {
  /** Absent: anonymous. */
  visitor?: Visitor;
  /** Why the last token was refused. */
  alert?: string;
}

const CHECK_EVERY_MS = 1000;
const ANSWER_WITHIN_MS = 10_000;

/**
 * The visitor's session in this browser: takes tokens, keeps the visitor, logs out, and drops the data when it
 * expires. It also tells other scripts: `window.mintlify.user` is the visitor's `content`, or `null` for an
 * anonymous one, and each `mintlify:user` event carries the same as its `detail` (handshakes.md, sections 1
 * and 6).
 *
 * @example
 * const session = new Session('/_emulator/session');
 * await session.start(token);
 */
export class Session {
  private state: SessionState = {};
  private readonly listeners = new Set<() => void>();
  private readonly store = new VisitorStore(localStorage, sessionStorage, Date.now);

  constructor(private readonly sessionPath: string) {}

  /** Takes over the token that the visitor came with, or else what the browser has kept. */
  async start(token: string | undefined): Promise<void> {
    if (token === undefined) this.change({ visitor: this.store.load() });
    else await this.accept(token);
    setInterval(() => this.dropExpired(), CHECK_EVERY_MS);
    addEventListener('visibilitychange', () => this.dropExpired());
    addEventListener('storage', ({ key }) => {
      if (key === null || key === VISITOR_STORAGE_KEY) this.change({ visitor: this.store.load() });
    });
  }

  /** Sends a token to be checked. A token that is refused leaves the visitor anonymous. */
  async accept(token: string): Promise<void> {
    const answer = await this.ask(token);
    if ('visitor' in answer) {
      this.store.save(answer.visitor);
      this.change({ visitor: answer.visitor });
    } else {
      this.store.clear();
      this.change({ alert: answer.refusal.message });
    }
  }

  /** Forgets the visitor, in this browser alone: no server has to know. */
  logOut(): void {
    this.store.clear();
    this.change({});
  }

  /** Takes the notice about a refused token away. */
  dismissAlert(): void {
    this.state = { visitor: this.state.visitor };
    this.notify();
  }

  /** The state, the same object until it changes. */
  readonly current = (): SessionState => this.state;

  /** Calls back at each change. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async ask(token: string): Promise<SessionAnswer> {
    try {
      const response = await fetch(this.sessionPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return readAnswer(await response.json());
    } catch {
      const message =
        'The docs emulator did not answer, so the token could not be checked: is it still running?';
      return { refusal: { code: 'no-answer', message } };
    }
  }

  private dropExpired(): void {
    const { visitor } = this.state;
    if (visitor && isExpired(visitor, Date.now())) this.logOut();
  }

  private change(state: SessionState): void {
    this.state = state;
    const user = state.visitor ? (state.visitor.content ?? {}) : null;
    setUser(user ?? {});
    window.mintlify = { ...window.mintlify, user };
    dispatchEvent(new CustomEvent('mintlify:user', { detail: user }));
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

function readAnswer(answer: unknown): SessionAnswer {
  if (isRecord(answer) && isRecord(answer.refusal)) {
    return { refusal: { code: String(answer.refusal.code), message: String(answer.refusal.message) } };
  }
  const visitor = readVisitor(isRecord(answer) ? answer.visitor : undefined);
  return typeof visitor === 'string' ? { refusal: { code: 'invalid-data', message: visitor } } : { visitor };
}

declare global {
  interface Window {
    mintlify?: { user?: Record<string, unknown> | null };
  }
}
