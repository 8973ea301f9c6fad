import type { PlaygroundKeyStore } from '../ports/playground-key-store.js';
import { invalidOptionError } from './invalid-option-error.js';
import { integerInRange, optionalBoolean, optionalStore } from './option-checks.js';
import { resolveTable, type OptionRule, type OptionTable, type ResolvedTable } from './option-table.js';
import { SECRET_OPTION } from './secret.js';

/** How the keys of providers with `@PlaygroundKeysFor()` are kept and used. */
export interface PlaygroundKeysOptions {
  /**
   * What happens if a key cannot be issued. `'omit'`: the visitor gets the docs without it. `'refuse'`: the answer is 503.
   * Default `'omit'`.
   */
  onFailure?: 'omit' | 'refuse';
  /** Milliseconds, 1 to 60,000: the timeout for one visitor's keys, with all calls of the issuer and the store. Default 2,000. */
  timeoutMs?: number;
  /**
   * Whole seconds, 1 to 86,400: how long before it expires a key is replaced at the visitor's next request. A key that
   * lasts less than twice as long is replaced after half of its time. Default 60.
   */
  renewBeforeSeconds?: number;
  /** Whether the docs forget the user when the first of the keys expires. Default `true`. */
  limitExpiresAt?: boolean;
  /** Whole number, 1 to 1,000,000: the keys of how many visitors are kept in memory, without `store`. Default 10,000. */
  maxVisitors?: number;
  /** Keeps the keys for several processes. Default: in the memory of this process. Needs `secret`. */
  store?: PlaygroundKeyStore;
  /**
   * Encrypts what the store keeps: at least 32 characters, the same in all processes. Default without `store`: random.
   */
  secret?: string;
}

const PLAYGROUND_KEYS = {
  onFailure: { defaultValue: 'omit', check: checkOnFailure } as OptionRule<'omit' | 'refuse', unknown>,
  timeoutMs: integerInRange({ min: 1, max: 60_000, defaultValue: 2_000 }),
  renewBeforeSeconds: integerInRange({ min: 1, max: 86_400, defaultValue: 60 }),
  limitExpiresAt: optionalBoolean(true),
  maxVisitors: integerInRange({ min: 1, max: 1_000_000, defaultValue: 10_000 }),
  store: optionalStore<PlaygroundKeyStore>('PlaygroundKeyStore'),
  secret: SECRET_OPTION,
} as const satisfies OptionTable<keyof PlaygroundKeysOptions, unknown>;

/** @internal All defaults filled in. Frozen. The secret is a `KeyObject`, so that printing it does not show it. */
export type ResolvedPlaygroundKeys = ResolvedTable<typeof PLAYGROUND_KEYS>;

/**
 * Checks `playgroundKeys` and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolvePlaygroundKeys(options: unknown = {}): ResolvedPlaygroundKeys {
  const resolved = resolveTable('playgroundKeys', options, PLAYGROUND_KEYS, undefined);
  if (resolved.store === undefined || Object(options).secret !== undefined) return resolved;
  throw invalidOptionError(
    'playgroundKeys.secret',
    'is missing, and playgroundKeys.store is set',
    'Set it to 32 random characters or more, the same in all processes.',
  );
}

function checkOnFailure(option: string, value: unknown): 'omit' | 'refuse' {
  if (value === 'omit' || value === 'refuse') return value;
  throw invalidOptionError(option, "must be 'omit' or 'refuse'", "Leave it out for 'omit'.");
}
