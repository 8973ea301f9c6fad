import { LRUCache } from 'lru-cache';
import type { AuditTrail } from '../audit/audit.trail.js';
import type { ActiveKey } from '../keys/active-key.js';

/**
 * Notices that a docs site signs with another key than before, however it came by it: a key function, a tenant source, a
 * tenant that was forgotten and loaded anew. Keeps no key, and forgets the tenants that were not heard of longest.
 *
 * @internal
 */
export class RotationWatch {
  readonly #audit: AuditTrail;
  /** By tenant id; that of the default docs site is empty. */
  readonly #fingerprints: LRUCache<string, string>;

  constructor(audit: AuditTrail, max: number) {
    this.#audit = audit;
    this.#fingerprints = new LRUCache({ max });
  }

  /** To be told of each key that a docs site gets, the first one too. */
  note(tenantId: string | undefined, { keyId, fingerprint }: ActiveKey): void {
    if (fingerprint === undefined) return;
    const before = this.#fingerprints.get(tenantId ?? '');
    this.#fingerprints.set(tenantId ?? '', fingerprint);
    if (before === undefined || before === fingerprint) return;
    this.#audit.record({ type: 'key.rotated', outcome: 'ok', tenantId, keyId });
  }
}
