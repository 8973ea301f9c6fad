import type { PlaygroundKey } from '../ports/playground-key.js';

/** How many replaced keys are remembered, to be revoked with the others. The rest expires soon. */
const MAX_RETIRED = 20;

/**
 * What is kept of a visitor: the keys to use, and the replaced ones that still work.
 *
 * @internal
 */
export interface KeyRecord {
  readonly keys: readonly PlaygroundKey[];
  readonly retired: readonly PlaygroundKey[];
  /** When new keys are needed: seconds since the epoch. */
  readonly renewAt: number;
  /** When the keys of the visitor were last revoked: milliseconds since the epoch. Keys that were asked for before are not kept. */
  readonly revokedAt: number;
}

/** @internal Of a visitor without keys. */
export const NO_KEYS: KeyRecord = Object.freeze({ keys: [], retired: [], renewAt: 0, revokedAt: 0 });

/**
 * The record after new keys were issued.
 *
 * @internal
 * @param nowSeconds seconds since the epoch
 */
export function renewRecord(
  older: KeyRecord,
  keys: readonly PlaygroundKey[],
  nowSeconds: number,
  renewBeforeSeconds: number,
): KeyRecord {
  const alive = [...older.keys, ...older.retired].filter(({ expiresAt }) => expiresAt > nowSeconds);
  return {
    keys,
    retired: alive.slice(0, MAX_RETIRED),
    renewAt: Math.min(...keys.map(({ expiresAt }) => renewalOf(expiresAt, nowSeconds, renewBeforeSeconds))),
    revokedAt: older.revokedAt,
  };
}

/** @internal When the last key of a record expires. */
export function expiryOf({ keys, retired }: KeyRecord): number {
  return Math.max(...[...keys, ...retired].map(({ expiresAt }) => expiresAt));
}

/** @internal Reads a record that this library wrote. A record of another form counts as none. */
export function parseRecord(text: string): KeyRecord {
  const { keys, retired, renewAt, revokedAt } = Object(JSON.parse(text)) as Partial<KeyRecord>;
  if (!Array.isArray(keys) || !Array.isArray(retired)) return NO_KEYS;
  return { keys, retired, renewAt: Number(renewAt), revokedAt: Number(revokedAt) };
}

/** A key that lasts less than twice `renewBeforeSeconds` is used for half of its time. */
function renewalOf(expiresAt: number, nowSeconds: number, renewBeforeSeconds: number): number {
  return expiresAt - Math.min(renewBeforeSeconds, (expiresAt - nowSeconds) / 2);
}
