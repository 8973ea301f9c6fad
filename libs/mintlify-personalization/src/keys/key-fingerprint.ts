import { createHash, type KeyObject } from 'node:crypto';
import type { TokenSigner } from '../ports/token-signer.js';

/** @internal What a signer of this library also knows. */
export interface InspectableSigner extends TokenSigner {
  /** The public half, where it is at hand. */
  readonly publicKey?: KeyObject;
  /** Whether the key service is asked at the moment: see `CircuitBreaker`. */
  readonly breaker?: BreakerState;
}

/** Whether a key service is asked (`closed`), left alone (`open`), or tried (`half_open`). */
export type BreakerState = 'closed' | 'open' | 'half_open';

/**
 * Tells keys apart without holding them: by the public half, or else by the name that the signer gives its key.
 *
 * @internal
 * @returns `undefined` for a signer that tells neither
 */
export function fingerprintOf({ publicKey, keyId }: InspectableSigner): string | undefined {
  if (publicKey === undefined) return keyId;
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('base64url');
}
