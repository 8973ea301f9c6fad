import { isRecord } from '../shared/record.guard.js';
import type { RequestNote } from '../shared/request.words.js';

const STORAGE_KEY = 'mintlify-docs-emulator.requests';
const MOST_NOTES = 12;

/**
 * The requests of the handshake in this tab, the latest first: what the panel lists. They outlive the way through a login.
 *
 * @example
 * requestLog.add({ purpose: 'user info', method: 'GET', url, status: 200, words: 'The visitor is known.' });
 */
class RequestLog {
  private notes = readNotes();
  private readonly listeners = new Set<() => void>();

  /** Notes a request. */
  add(note: RequestNote): void {
    this.notes = [note, ...this.notes].slice(0, MOST_NOTES);
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(this.notes));
    for (const listener of this.listeners) listener();
  }

  /** The notes, the same list until it changes. */
  readonly current = (): readonly RequestNote[] => this.notes;

  /** Calls back at each change. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

function readNotes(): readonly RequestNote[] {
  try {
    const notes: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(notes) ? notes.filter((note): note is RequestNote => isRecord(note)) : [];
  } catch {
    return [];
  }
}

/** The log of this tab. */
export const requestLog = new RequestLog();
