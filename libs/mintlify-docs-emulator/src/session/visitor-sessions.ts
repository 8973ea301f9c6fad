import { randomBytes } from 'node:crypto';
import { isExpired } from '../shared/visitor-store.js';
import type { Visitor } from '../shared/visitor-types.js';

const ID_BYTES = 32;

/** How many sessions are kept at once. The oldest ends when another one begins. */
export const MAX_SESSIONS = 1_000;

/**
 * The sessions of visitors who have logged in to private docs, in memory: each until the visitor's `expiresAt`, or
 * as long as the emulator runs where there is none.
 *
 * @example
 * const sessions = new VisitorSessions(Date.now);
 * const id = sessions.open({ content: { firstName: 'Peter' } });
 * sessions.find(id)?.content; // { firstName: 'Peter' }
 */
export class VisitorSessions {
  private readonly visitors = new Map<string, Visitor>();

  /**
   * @param nowMs the present, in milliseconds since the epoch.
   * @param limit how many sessions are kept, at least one.
   */
  constructor(
    private readonly nowMs: () => number,
    private readonly limit = MAX_SESSIONS,
  ) {}

  /** Begins a session. Returns its id: 256 bits that cannot be guessed. */
  open(visitor: Visitor): string {
    if (this.visitors.size >= this.limit) this.evict();
    const id = randomBytes(ID_BYTES).toString('base64url');
    this.visitors.set(id, visitor);
    return id;
  }

  /** The visitor of a session that goes on. */
  find(id: string | undefined): Visitor | undefined {
    const visitor = id === undefined ? undefined : this.visitors.get(id);
    if (id === undefined || !visitor || !isExpired(visitor, this.nowMs())) return visitor;
    this.visitors.delete(id);
    return undefined;
  }

  /** Ends a session. One that is over already is no fault. */
  end(id: string | undefined): void {
    if (id !== undefined) this.visitors.delete(id);
  }

  private evict(): void {
    for (const [id, visitor] of this.visitors) {
      if (isExpired(visitor, this.nowMs())) this.visitors.delete(id);
    }
    // A Map keeps the order in which its entries came.
    for (const id of this.visitors.keys()) {
      if (this.visitors.size < this.limit) return;
      this.visitors.delete(id);
    }
  }
}
