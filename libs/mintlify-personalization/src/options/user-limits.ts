import { integerInRange } from './option-checks.js';
import { resolveTable, type OptionTable, type ResolvedTable } from './option-table.js';

/**
 * Bounds on what a mapper may send. Each is a whole number of at least 1.
 *
 * A docs site refuses or truncates what is larger without saying so; here it is an error.
 */
export interface UserLimits {
  /** Groups in all. Default 1,000. */
  maxGroups?: number;
  /** Characters in one group. Default 256. */
  maxGroupLength?: number;
  /** Keys directly under `content`. Default 100. */
  maxContentKeys?: number;
  /** How deep objects and arrays may nest, the user itself being 1. Default 20. */
  maxDepth?: number;
  /** Values in all: every object, array, string, number, boolean and null. Default 5,000. */
  maxValues?: number;
  /** Bytes of the user as JSON in UTF-8. Default 65,536. */
  maxJsonBytes?: number;
  /** How far ahead `expiresAt` may lie, in days. Default 400. */
  maxExpiresInDays?: number;
}

const MAX_LIMIT = 1_000_000;

const USER_LIMITS = {
  maxGroups: integerInRange({ min: 1, max: MAX_LIMIT, defaultValue: 1_000 }),
  maxGroupLength: integerInRange({ min: 1, max: MAX_LIMIT, defaultValue: 256 }),
  maxContentKeys: integerInRange({ min: 1, max: MAX_LIMIT, defaultValue: 100 }),
  maxDepth: integerInRange({ min: 1, max: 100, defaultValue: 20 }),
  maxValues: integerInRange({ min: 1, max: MAX_LIMIT, defaultValue: 5_000 }),
  maxJsonBytes: integerInRange({ min: 1, max: MAX_LIMIT, defaultValue: 65_536 }),
  maxExpiresInDays: integerInRange({ min: 1, max: 3_650, defaultValue: 400 }),
} as const satisfies OptionTable<keyof UserLimits, unknown>;

/** @internal Every default filled in. Frozen. */
export type ResolvedUserLimits = ResolvedTable<typeof USER_LIMITS>;

/**
 * Checks `userLimits` and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveUserLimits(limits: unknown = {}): ResolvedUserLimits {
  return resolveTable('userLimits', limits, USER_LIMITS, undefined);
}

/** The limits that hold unless `userLimits` says otherwise: see {@link UserLimits}. */
export const DEFAULT_USER_LIMITS: ResolvedUserLimits = resolveUserLimits();
