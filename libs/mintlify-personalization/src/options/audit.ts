import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { MintlifyPersonalizationError } from '../errors.js';
import { assertKnownKeys } from './known-keys.js';

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

const LEAST_KEY_LENGTH = 32;

/**
 * Checks `audit` and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveAuditOptions(options: AuditOptions = {}): ResolvedAuditOptions {
  assertKnownKeys('audit', options, ['subject', 'subjectKey']);
  const { subject = subjectOf, subjectKey } = options;
  if (typeof subject !== 'function') {
    throw refusal('subject must be a function of the principal, for example (account) => account.id.');
  }
  return Object.freeze({
    subject: subject as (principal: unknown) => unknown,
    subjectKey: createSecretKey(readKey(subjectKey)),
  });
}

function readKey(subjectKey: unknown): Uint8Array {
  if (subjectKey === undefined) return randomBytes(LEAST_KEY_LENGTH);
  if (typeof subjectKey === 'string' && subjectKey.length >= LEAST_KEY_LENGTH) return Buffer.from(subjectKey);
  throw refusal(`subjectKey must be a text of at least ${LEAST_KEY_LENGTH} characters. Make one at random.`);
}

function subjectOf(principal: unknown): unknown {
  const { sub, id } = Object(principal) as { sub?: unknown; id?: unknown };
  return sub ?? id;
}

function refusal(what: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `audit.${what}`);
}
