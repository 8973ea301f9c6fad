import { isRecord } from '../shared/type-guards.js';
import type { RequestLogEntry } from '../shared/request-messages.js';

const STORAGE_KEY = 'mintlify-docs-emulator.requests';
const MAX_ENTRIES = 12;

/**
 * The requests of the handshake in this tab, latest first, for the panel. They survive the redirects of a
 * login.
 *
 * @example
 * requestLog.add({ purpose: 'user info', method: 'GET', url, status: 200, message: 'The visitor is known.' });
 */
class RequestLog {
  private entries = readEntries();
  private readonly listeners = new Set<() => void>();

  /** Adds a request. */
  add(entry: RequestLogEntry): void {
    this.entries = [entry, ...this.entries].slice(0, MAX_ENTRIES);
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(this.entries));
    for (const listener of this.listeners) listener();
  }

  /** The entries. The array is the same until it changes. */
  readonly current = (): readonly RequestLogEntry[] => this.entries;

  /** Calls the listener on each change. Returns a function to unsubscribe. */
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
