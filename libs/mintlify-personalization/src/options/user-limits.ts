import { integerInRange } from './option-checks.js';
import { resolveTable, type OptionTable, type ResolvedTable } from './option-table.js';

/**
 * Limits for what a mapper may return. Each is a whole number of at least 1.
 *
 * Docs reject or truncate larger users without telling you; here they are an error.
 */
export interface UserLimits {
  /** Number of groups. Default 1,000. */
  maxGroups?: number;
  /** Characters in one group. Default 256. */
  maxGroupLength?: number;
  /** Keys directly under `content`. Default 100. */
  maxContentKeys?: number;
  /** Nesting depth of objects and arrays; the user itself is level 1. Default 20. */
  maxDepth?: number;
  /** Total number of values: every object, array, string, number, boolean and null. Default 5,000. */
  maxValues?: number;
  /** Bytes of the user as JSON in UTF-8. Default 65,536. */
  maxJsonBytes?: number;
  /** How many days ahead `expiresAt` may be. Default 400. */
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

/** @internal All defaults filled in. Frozen. */
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

/** The default limits: see {@link UserLimits}. */
export const DEFAULT_USER_LIMITS: ResolvedUserLimits = resolveUserLimits();
