import { createHash, type KeyObject } from 'node:crypto';
import type { TokenSigner } from '../ports/token-signer.js';

/** @internal The additional properties of this library's signers. */
export interface InspectableSigner extends TokenSigner {
  /** The public key, if it is known. */
  readonly publicKey?: KeyObject;
  /** Whether the key service is currently called: see `CircuitBreaker`. */
  readonly breaker?: BreakerState;
}

/** The state of a circuit breaker: the key service is called (`closed`), not called (`open`), or tried (`half_open`). */
export type BreakerState = 'closed' | 'open' | 'half_open';

/**
 * Identifies a key: by a hash of its public key, otherwise by its `keyId`.
 *
 * @internal
 * @returns `undefined` for a signer that has neither
 */
export function fingerprintOf({ publicKey, keyId }: InspectableSigner): string | undefined {
  if (publicKey === undefined) return keyId;
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('base64url');
}
