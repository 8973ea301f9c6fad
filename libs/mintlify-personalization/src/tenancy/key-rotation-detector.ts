import { LRUCache } from 'lru-cache';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { SigningKeyHandle } from '../keys/signing-key-handle.js';

/**
 * Detects that the key of a docs site has changed, by a key function or a tenant source. Keeps fingerprints only, no
 * keys, and drops the least recently used ones.
 *
 * @internal
 */
export class KeyRotationDetector {
  readonly #audit: AuditRecorder;
  /** By tenant id; an empty string for the default docs site. */
  readonly #fingerprints: LRUCache<string, string>;

  constructor(audit: AuditRecorder, max: number) {
    this.#audit = audit;
    this.#fingerprints = new LRUCache({ max });
  }

  /** Call it with each key of a docs site, including the first one. */
  observe(tenantId: string | undefined, { keyId, fingerprint }: SigningKeyHandle): void {
    if (fingerprint === undefined) return;
    const before = this.#fingerprints.get(tenantId ?? '');
    this.#fingerprints.set(tenantId ?? '', fingerprint);
    if (before === undefined || before === fingerprint) return;
    this.#audit.record({ type: 'key.rotated', outcome: 'ok', tenantId, keyId });
  }
}
