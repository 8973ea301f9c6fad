import type { KeyObject } from 'node:crypto';
import type { BreakerState } from '../../keys/key-fingerprint.js';
import type { TokenSigner } from '../../ports/token-signer.js';

/**
 * A {@link TokenSigner} whose private key lives in a key service or a hardware module.
 *
 * It is made once, at start, and shared by all requests. Every signature is verified with the public key
 * before it is used.
 *
 * @example
 * ```ts
 * // The public key, for the docs' dashboard.
 * signer.publicKey.export({ format: 'pem', type: 'spki' });
 * ```
 */
export interface RemoteTokenSigner extends TokenSigner {
  /** The public half of the key, as the service gave it at start. */
  readonly publicKey: KeyObject;
  /** `closed` while the service is asked; `open` while it is left alone; `half_open` while one request tries it. */
  readonly breaker: BreakerState;
  /** Lets go of connections and sessions. The signer signs nothing afterwards. */
  close(): void;
}

/** What every key service's signer can be told. */
export interface RemoteTokenSignerOptions {
  /**
   * The JOSE key id: `kid` in the header of tokens (RFC 7515, section 4.1.4), unless the module's own option
   * `keyId` is set. None by default. Not what the service calls the key.
   */
  readonly keyId?: string;
  /**
   * Milliseconds for one try at signing, 1 to 60,000; 800 by default. A try that fails in a way that may pass
   * is repeated once, so twice this, and a tenth of a second, should fit into the module's `signerTimeoutMs`.
   */
  readonly attemptTimeoutMs?: number;
  /**
   * Milliseconds for each call while the signer is made, 1 to 60,000; 10,000 by default: credentials may have
   * to be fetched first.
   */
  readonly startTimeoutMs?: number;
  /** So many failed signatures in a row, 1 to 1,000, and the service is left alone; 5 by default. */
  readonly breakerFailures?: number;
  /** Milliseconds for which it is left alone, 1 to 600,000; 5,000 by default. Then one request tries it. */
  readonly breakerPauseMs?: number;
}
