import { readVisitor } from './visitor-reader.js';
import type { Visitor } from './visitor-types.js';

/**
 * The name under which the browser keeps the visitor.
 *
 * @example
 * localStorage.getItem(VISITOR_STORAGE_KEY);
 */
export const VISITOR_STORAGE_KEY = 'mintlify-docs-emulator.visitor';

/** The part of the browser's `Storage` that the visitor store uses. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps one visitor in the browser: across sessions until `expiresAt`, or for this browser session alone when
 * the data has no `expiresAt` (handshakes.md, section 6). What was stored is never trusted: data that is
 * expired or not of the known shape is removed when it is read.
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

  /** Replaces whatever was kept before. */
  save(visitor: Visitor): void {
    this.clear();
    const storage = visitor.expiresAt === undefined ? this.session : this.lasting;
    storage.setItem(VISITOR_STORAGE_KEY, JSON.stringify(visitor));
  }

  /** The visitor, as long as the data is whole and has not expired. */
  load(): Visitor | undefined {
    const ofThisSession = this.read(this.session);
    return this.read(this.lasting) ?? ofThisSession;
  }

  /** Forgets the visitor. */
  clear(): void {
    this.lasting.removeItem(VISITOR_STORAGE_KEY);
    this.session.removeItem(VISITOR_STORAGE_KEY);
  }

  private read(storage: TextStorage): Visitor | undefined {
    const visitor = parseVisitor(storage.getItem(VISITOR_STORAGE_KEY));
    // Lasting data without an end would stay for ever; only the session may hold it.
    const isEndless = storage === this.lasting && visitor?.expiresAt === undefined;
    if (visitor && !isEndless && !isExpired(visitor, this.nowMs())) return visitor;
    storage.removeItem(VISITOR_STORAGE_KEY);
    return undefined;
  }
}

/**
 * Tells whether a visitor's data is past its `expiresAt`. Data without one does not expire.
 *
 * @param nowMs the present, in milliseconds since the epoch.
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
