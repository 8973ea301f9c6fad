import type { KeyObject } from 'node:crypto';
import { invalidOptionError } from './invalid-option-error.js';
import { resolveTable, type OptionRule, type OptionTable } from './option-table.js';
import { SECRET_OPTION } from './secret.js';

/** How audit events distinguish visitors without naming them. */
export interface AuditOptions {
  /**
   * Returns the id of a principal, of which audit events have a keyed hash. Default: its `sub`, otherwise its `id`. If it
   * returns `undefined` or throws, the event has no subject.
   */
  subject?: (principal: never) => string | undefined;
  /**
   * The key of the hash: at least 32 characters, the same in all processes, so that a visitor always has the same hash.
   * Default: a random key, so that hashes can only be compared within one process.
   */
  subjectKey?: string;
}

/** @internal All defaults filled in. Frozen. */
export interface ResolvedAuditOptions {
  readonly subject: (principal: unknown) => unknown;
  /** A `KeyObject`, so that printing it does not show the key. */
  readonly subjectKey: KeyObject;
}

const AUDIT_OPTIONS = {
  subject: { check: checkSubject, defaultValue: subjectOf } as OptionRule<
    ResolvedAuditOptions['subject'],
    unknown
  >,
  subjectKey: SECRET_OPTION,
} as const satisfies OptionTable<keyof AuditOptions, unknown>;

/**
 * Checks `audit` and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveAuditOptions(options: unknown = {}): ResolvedAuditOptions {
  return resolveTable('audit', options, AUDIT_OPTIONS, undefined);
}

function checkSubject(option: string, subject: unknown): ResolvedAuditOptions['subject'] {
  if (typeof subject === 'function') return subject as ResolvedAuditOptions['subject'];
  throw invalidOptionError(
    option,
    'must be a function of the principal, for example (account) => account.id',
  );
}

function subjectOf(principal: unknown): unknown {
  const { sub, id } = Object(principal) as { sub?: unknown; id?: unknown };
  return sub ?? id;
}
