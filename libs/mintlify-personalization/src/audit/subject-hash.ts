import { createHmac, type KeyObject } from 'node:crypto';
import type { ResolvedAuditOptions } from '../options/audit.js';

/** 16 bytes: enough that no two visitors of one app share a hash. */
const HASH_CHARACTERS = 22;

/**
 * Turns a principal into the keyed hash by which audit events know the visitor. Without the key, no one can find out whose
 * it is by hashing all ids or e-mail addresses.
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

  /** `undefined` without a principal, or where nothing tells who it is. */
  of(principal: unknown): string | undefined {
    const subject = this.#read(principal);
    if (subject === undefined) return undefined;
    return createHmac('sha256', this.#key).update(subject).digest('base64url').slice(0, HASH_CHARACTERS);
  }

  #read(principal: unknown): string | undefined {
    if (principal === undefined || principal === null || principal === false) return undefined;
    try {
      const subject = this.#subject(principal);
      return typeof subject === 'string' || typeof subject === 'number' ? String(subject) : undefined;
    } catch {
      return undefined;
    }
  }
}
