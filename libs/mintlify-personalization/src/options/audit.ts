import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { invalidOptionError } from './invalid-option-error.js';
import { resolveTable, type OptionRule, type OptionTable } from './option-table.js';

/** How visitors are told apart in audit events, without naming them. */
export interface AuditOptions {
  /**
   * What tells visitors apart: an id of the principal. Default: its `sub`, or else its `id`. `undefined` for none. An
   * error thrown here means none, too.
   */
  subject?: (principal: never) => string | undefined;
  /**
   * The key of the hash, at least 32 characters, the same in all processes: with it, a visitor has the same hash
   * everywhere and always. Default: a random one, so that hashes compare within one process alone.
   */
  subjectKey?: string;
}

/** @internal Every default filled in. Frozen. */
export interface ResolvedAuditOptions {
  readonly subject: (principal: unknown) => unknown;
  /** Prints as nothing but its type. */
  readonly subjectKey: KeyObject;
}

const MIN_KEY_LENGTH = 32;

const AUDIT_OPTIONS = {
  subject: { check: checkSubject, defaultValue: subjectOf } as OptionRule<
    ResolvedAuditOptions['subject'],
    unknown
  >,
  // A default of its own for each import of the module.
  subjectKey: { check: createSubjectKey },
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

function createSubjectKey(option: string, subjectKey: unknown): KeyObject {
  if (subjectKey === undefined) return createSecretKey(randomBytes(MIN_KEY_LENGTH));
  if (typeof subjectKey === 'string' && subjectKey.length >= MIN_KEY_LENGTH) {
    return createSecretKey(Buffer.from(subjectKey));
  }
  throw invalidOptionError(
    option,
    `must be a text of at least ${MIN_KEY_LENGTH} characters`,
    'Make one at random.',
  );
}

function subjectOf(principal: unknown): unknown {
  const { sub, id } = Object(principal) as { sub?: unknown; id?: unknown };
  return sub ?? id;
}
