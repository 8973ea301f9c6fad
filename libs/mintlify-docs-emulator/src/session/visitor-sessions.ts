import { randomBytes } from 'node:crypto';
import { isExpired } from '../shared/visitor-store.js';
import type { Visitor } from '../shared/visitor-types.js';

const ID_BYTES = 32;

/** How many sessions are kept. When the limit is reached, the oldest one ends. */
export const MAX_SESSIONS = 1_000;

/**
 * The sessions of visitors of private docs, in memory. A session lasts until the visitor's `expiresAt`, or
 * without it until the emulator stops.
 *
 * @example
 * const sessions = new VisitorSessions(Date.now);
 * const id = sessions.open({ content: { firstName: 'Peter' } });
 * sessions.find(id)?.content; // { firstName: 'Peter' }
 */
export class VisitorSessions {
  private readonly visitors = new Map<string, Visitor>();

  /**
   * @param nowMs the current time, in milliseconds since the epoch.
   * @param limit how many sessions are kept; at least one.
   */
  constructor(
    private readonly nowMs: () => number,
    private readonly limit = MAX_SESSIONS,
  ) {}

  /** Starts a session. Returns its ID: 256 random bits. */
  open(visitor: Visitor): string {
    if (this.visitors.size >= this.limit) this.evict();
    const id = randomBytes(ID_BYTES).toString('base64url');
    this.visitors.set(id, visitor);
    return id;
  }

  /** The visitor of an active session. */
  find(id: string | undefined): Visitor | undefined {
    const visitor = id === undefined ? undefined : this.visitors.get(id);
    if (id === undefined || !visitor || !isExpired(visitor, this.nowMs())) return visitor;
    this.visitors.delete(id);
    return undefined;
  }

  /** Ends a session, if it exists. */
  end(id: string | undefined): void {
    if (id !== undefined) this.visitors.delete(id);
  }

  private evict(): void {
    for (const [id, visitor] of this.visitors) {
      if (isExpired(visitor, this.nowMs())) this.visitors.delete(id);
    }
    // A Map keeps insertion order.
    for (const id of this.visitors.keys()) {
      if (this.visitors.size < this.limit) return;
      this.visitors.delete(id);
    }
  }
}
