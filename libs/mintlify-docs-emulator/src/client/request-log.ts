import { isRecord } from '../shared/type-guards.js';
import type { RequestLogEntry } from '../shared/request-messages.js';

const STORAGE_KEY = 'mintlify-docs-emulator.requests';
const MAX_ENTRIES = 12;

/**
 * The requests of the handshake in this tab, the latest first: what the panel lists. They outlive the way through a login.
 *
 * @example
 * requestLog.add({ purpose: 'user info', method: 'GET', url, status: 200, message: 'The visitor is known.' });
 */
class RequestLog {
  private entries = readEntries();
  private readonly listeners = new Set<() => void>();

  /** Notes a request. */
  add(entry: RequestLogEntry): void {
    this.entries = [entry, ...this.entries].slice(0, MAX_ENTRIES);
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(this.entries));
    for (const listener of this.listeners) listener();
  }

  /** The entries, the same list until it changes. */
  readonly current = (): readonly RequestLogEntry[] => this.entries;

  /** Calls back at each change. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

function readEntries(): readonly RequestLogEntry[] {
  try {
    const entries: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(entries) ? entries.filter((entry): entry is RequestLogEntry => isRecord(entry)) : [];
  } catch {
    return [];
  }
}

/** The log of this tab. */
export const requestLog = new RequestLog();
