import { createHmac, type KeyObject } from 'node:crypto';
import type { ResolvedAuditOptions } from '../options/audit.js';

/** 16 bytes: enough to avoid collisions between the visitors of one app. */
const HASH_CHARACTERS = 22;

/**
 * Turns a principal into the keyed hash that identifies the visitor in audit events. Without the key, it cannot be
 * reversed by hashing all ids or e-mail addresses.
 *
 * @internal
 */
export class SubjectHash {
  readonly #subject: ResolvedAuditOptions['subject'];
  readonly #key: KeyObject;

  constructor({ subject, subjectKey }: ResolvedAuditOptions) {
    this.#subject = subject;
    this.#key = subjectKey;
  }

  /** `undefined` without a principal, or if it has no id. */
  of(principal: unknown): string | undefined {
    const subject = this.read(principal);
    return subject === undefined ? undefined : this.hash(subject);
  }

  /** The hash of an id. */
  hash(subject: string): string {
    return createHmac('sha256', this.#key).update(subject).digest('base64url').slice(0, HASH_CHARACTERS);
  }

  /** The id of a principal; `undefined` if it has none. */
  read(principal: unknown): string | undefined {
    if (principal === undefined || principal === null || principal === false) return undefined;
    try {
      const subject = this.#subject(principal);
      return typeof subject === 'string' || typeof subject === 'number' ? String(subject) : undefined;
    } catch {
      return undefined;
    }
  }
}
