import type { Operation } from '../shared/operation-types.js';
import type { PlaygroundField } from '../shared/playground-fields.js';
import { isRecord } from '../shared/type-guards.js';

/** The key in local storage. */
const STORAGE_KEY = 'docs-emulator.playground';

/** What was typed, by {@link fieldKey}. */
export type TypedValues = Readonly<Record<string, string>>;

/**
 * What the visitor typed in playgrounds. It stays in local storage until it is reset, also after a logout, as on
 * Mintlify (handshakes.md, section 9).
 *
 * @example
 * const typed = useSyncExternalStore(playgroundStore.subscribe, playgroundStore.current);
 */
class PlaygroundStore {
  private values: TypedValues = load();
  private readonly listeners = new Set<() => void>();

  constructor() {
    addEventListener('storage', ({ key }) => {
      if (key === null || key === STORAGE_KEY) this.show(load());
    });
  }

  /** The values. The object is the same until one changes. */
  readonly current = (): TypedValues => this.values;

  /** Calls the listener on each change. Returns a function to unsubscribe. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Keeps what was typed. */
  type(key: string, value: string): void {
    this.keep({ ...this.values, [key]: value });
  }

  /** Forgets what was typed. */
  reset(keys: readonly string[]): void {
    this.keep(Object.fromEntries(Object.entries(this.values).filter(([key]) => !keys.includes(key))));
  }

  private keep(values: TypedValues): void {
    try {
      if (Object.keys(values).length === 0) localStorage.removeItem(STORAGE_KEY);
      else localStorage.setItem(STORAGE_KEY, JSON.stringify(values));
    } catch {
      // Full or blocked: the values stay until the page is left.
    }
    this.show(values);
  }

  private show(values: TypedValues): void {
    this.values = values;
    for (const listener of this.listeners) listener();
  }
}

/** The only store of a page. */
export const playgroundStore = new PlaygroundStore();

/**
 * The name of a field in the store. Credentials and server variables are the same for all operations.
 *
 * @example
 * fieldKey(operation, { place: 'path', name: 'id', … }); // 'GET /plants/{id} path id'
 */
export function fieldKey(
  operation: Pick<Operation, 'method' | 'path'>,
  { place, name, isSecurity }: Pick<PlaygroundField, 'place' | 'name' | 'isSecurity'>,
): string {
  const key = `${place} ${name}`;
  return isSecurity || place === 'server' ? key : `${operation.method} ${operation.path} ${key}`;
}

function load(): TypedValues {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (!isRecord(stored)) return {};
    return Object.fromEntries(
      Object.entries(stored).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    );
  } catch {
    return {};
  }
}
