import { readVisitor } from './visitor-reader.js';
import type { Visitor } from './visitor-types.js';

/**
 * The storage key of the visitor in the browser.
 *
 * @example
 * localStorage.getItem(VISITOR_STORAGE_KEY);
 */
export const VISITOR_STORAGE_KEY = 'mintlify-docs-emulator.visitor';

/** The part of the browser's `Storage` API that the visitor store uses. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Stores one visitor in the browser: until `expiresAt`, or without it until the browser session ends
 * (handshakes.md, section 6). Stored data is never trusted: expired or malformed data is removed when it is
 * read.
 *
 * @example
 * const store = new VisitorStore(localStorage, sessionStorage, Date.now);
 * store.save({ content: { firstName: 'Ada' } });
 * store.load()?.content; // { firstName: 'Ada' }
 */
export class VisitorStore {
  constructor(
    private readonly lasting: TextStorage,
    private readonly session: TextStorage,
    private readonly nowMs: () => number,
  ) {}

  /** Replaces the stored visitor. */
  save(visitor: Visitor): void {
    this.clear();
    const storage = visitor.expiresAt === undefined ? this.session : this.lasting;
    storage.setItem(VISITOR_STORAGE_KEY, JSON.stringify(visitor));
  }

  /** The stored visitor, if the data is valid and has not expired. */
  load(): Visitor | undefined {
    const ofThisSession = this.read(this.session);
    return this.read(this.lasting) ?? ofThisSession;
  }

  /** Removes the visitor. */
  clear(): void {
    this.lasting.removeItem(VISITOR_STORAGE_KEY);
    this.session.removeItem(VISITOR_STORAGE_KEY);
  }

  private read(storage: TextStorage): Visitor | undefined {
    const visitor = parseVisitor(storage.getItem(VISITOR_STORAGE_KEY));
    // Data without expiresAt would never expire in local storage; it belongs in session storage.
    const isEndless = storage === this.lasting && visitor?.expiresAt === undefined;
    if (visitor && !isEndless && !isExpired(visitor, this.nowMs())) return visitor;
    storage.removeItem(VISITOR_STORAGE_KEY);
    return undefined;
  }
}

/**
 * Tells whether a visitor's data is past its `expiresAt`. Data without one does not expire.
 *
 * @param nowMs the current time, in milliseconds since the epoch.
 * @example
 * isExpired({ expiresAt: 100 }, 100_000); // true
 */
export function isExpired(visitor: Visitor, nowMs: number): boolean {
  return visitor.expiresAt !== undefined && visitor.expiresAt * 1000 <= nowMs;
}

function parseVisitor(text: string | null): Visitor | undefined {
  if (text === null) return undefined;
  try {
    const visitor = readVisitor(JSON.parse(text));
    return typeof visitor === 'string' ? undefined : visitor;
  } catch {
    return undefined;
  }
}
