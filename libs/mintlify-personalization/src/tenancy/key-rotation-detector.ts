import { LRUCache } from 'lru-cache';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { SigningKeyHandle } from '../keys/signing-key-handle.js';

/**
 * Notices that a docs site signs with another key than before, however it came by it: a key function, a tenant source, a
 * tenant that was forgotten and loaded anew. Keeps no key, and forgets the tenants that were not heard of longest.
 *
 * @internal
 */
export class KeyRotationDetector {
  readonly #audit: AuditRecorder;
  /** By tenant id; that of the default docs site is empty. */
  readonly #fingerprints: LRUCache<string, string>;

  constructor(audit: AuditRecorder, max: number) {
    this.#audit = audit;
    this.#fingerprints = new LRUCache({ max });
  }

  /** Is given each key that a docs site gets, the first one too. */
  observe(tenantId: string | undefined, { keyId, fingerprint }: SigningKeyHandle): void {
    if (fingerprint === undefined) return;
    const before = this.#fingerprints.get(tenantId ?? '');
    this.#fingerprints.set(tenantId ?? '', fingerprint);
    if (before === undefined || before === fingerprint) return;
    this.#audit.record({ type: 'key.rotated', outcome: 'ok', tenantId, keyId });
  }
}
